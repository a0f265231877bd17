import { loadStory } from '../checks/load.js';
import { nearest } from '../schema/nearest.js';
import { kinds } from '../sections/index.js';
import { makeProbe } from './probe.js';
import { TemplateError } from './template-error.js';
import type { Templates } from './templates.js';
import { createView } from './view.js';

/** What a whole template does with a story that has something in every field. */
export interface TemplateReport {
  /** Such as `html/brief`. */
  template: string;
  /** Why it is not to be used: it fails, or would not print corrections or the mark of a draft. */
  errors: string[];
  /** Fields whose words it does not print. */
  unprinted: string[];
}

const MARK = 'PROBEMARK';

/** The names of a house's own templates of sections that there is no kind for, each with the nearest kind. */
export function strayTemplates(userTemplates: Iterable<string>): { name: string; near: string | undefined }[] {
  const known = ['_default', ...kinds.map(({ kind }) => kind)];
  return [...userTemplates].flatMap((name) => {
    const kind = /^[^/]+\/sections\/(.+)$/.exec(name)?.[1];
    return kind === undefined || known.includes(kind) ? [] : [{ name, near: nearest(kind, known) }];
  });
}

/** Tries the whole templates of the formats that are loaded. */
export function checkTemplates(templates: Templates): TemplateReport[] {
  const probe = makeProbe();
  const { story, prose, diagnostics } = loadStory(probe.text, 'probe.story.yaml');
  if (!story) throw new Error(`the probe is no story: ${diagnostics[0]?.message}`);
  return templates.formats.flatMap((format) =>
    templates.names(format.name).map((name): TemplateReport => {
      const template = `${format.name}/${name}`;
      let text: string;
      try {
        const view = createView(story, format, prose, {
          has: (part) => templates.has(format.name, part),
          house: {},
          mark: MARK,
        });
        text = format.finish(templates.render(format, name, view), name, { width: 0 });
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        return { template, errors: [`${error.template}.hbs:${error.line}: ${error.message}`], unprinted: [] };
      }
      const missing = probe.words.filter(({ word }) => !text.includes(word)).map(({ path }) => path);
      const corrections = missing.filter((path) => path.startsWith('corrections.'));
      const errors = [
        ...(corrections.length > 0
          ? [`it does not print ${corrections.join(', ')}: readers would not see what was corrected`]
          : []),
        ...(text.includes(MARK) ? [] : ['it does not print {{mark}}: a draft would look like a brief for readers']),
      ];
      return { template, errors, unprinted: missing.filter((path) => !corrections.includes(path)) };
    }),
  );
}
