/** Our templates, compiled when nutgraf is built, by format; see rolldown.config.ts. */
declare module 'virtual:templates' {
  /** As functions. */
  export const direct: Record<string, () => Promise<Record<string, import('./render/direct.js').DirectTemplate>>>;
  /** For Handlebars, beside templates that are not ours. */
  export const precompiled: Record<string, () => Promise<Record<string, TemplateSpecification>>>;
}

/** The inliner's WebAssembly as base64, put in when nutgraf is built; see rolldown.config.ts. */
declare module 'virtual:css-inline' {
  export const wasm: string;
}

/** What is loaded when it is first needed, files of ours too; see rolldown.config.ts. */
declare module 'virtual:lazy/src/schema/read-strictly' {
  export const load: () => typeof import('./schema/read-strictly.js');
}
declare module 'virtual:lazy/yaml' {
  export const load: () => typeof import('yaml');
}

/** Packages that are set up when they are first needed; see rolldown.config.ts. */
declare module 'virtual:lazy/linebreak' {
  export const load: () => typeof import('linebreak');
}
declare module 'virtual:lazy/fast-string-width' {
  export const load: () => typeof import('fast-string-width');
}
declare module 'virtual:lazy/markdown-it' {
  export const load: () => typeof import('markdown-it');
}
declare module 'virtual:lazy/tldts-icann' {
  export const load: () => typeof import('tldts-icann');
}
