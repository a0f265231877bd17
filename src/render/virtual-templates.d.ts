/** Our templates, compiled when nutgraf is built, by format; see rolldown.config.ts. */
declare module 'virtual:templates' {
  export const precompiled: Record<string, () => Promise<Record<string, TemplateSpecification>>>;
}
