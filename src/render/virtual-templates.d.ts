/** Our templates, compiled when nutgraf is built; see rolldown.config.ts. */
declare module 'virtual:templates' {
  const templates: Record<string, TemplateSpecification>;
  export default templates;
}
