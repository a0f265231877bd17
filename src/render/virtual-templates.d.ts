/** Our templates, compiled when nutgraf is built, by format; see rolldown.config.ts. */
declare module 'virtual:templates' {
  export const precompiled: Record<string, () => Promise<Record<string, TemplateSpecification>>>;
}

/** The inliner's WebAssembly as base64, put in when nutgraf is built; see rolldown.config.ts. */
declare module 'virtual:css-inline' {
  export const wasm: string;
}
