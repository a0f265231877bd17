import { type GroupShape, groupOf, type Shape, textTypeOf } from '../schema/shape.js';
import { kinds } from '../sections/index.js';
import { storyShape } from '../story/schema.js';

/** A story with something in every field, and each text a word that stands nowhere else. */
export interface Probe {
  /** The story file's text: JSON, which is YAML. */
  text: string;
  /** The words by the path of their field, such as `sections.coverage.items.says`; those that briefs never print are left out. */
  words: { path: string; word: string }[];
}

/** Fields whose words are for no reader, or decide something. */
const SILENT = new Set([
  'ednote',
  'newsletter',
  'extra',
  'status',
  'embargo',
  'slug',
  'lang',
  'id',
  'kind',
  'genre',
  'nature',
  'translations',
  'made_with',
  'matrix',
]);

const SOURCE = 'probe';

/** A unique word for a number, of letters only, so that no format changes it. */
const wordFor = (n: number) =>
  `qx${[...n.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('')}zq`;

/** Makes the probe from the story's shape, so that no field is forgotten. */
export function makeProbe(): Probe {
  const words: Probe['words'] = [];
  let count = 0;
  const word = (path: string, silent: boolean) => {
    const made = wordFor(100 + count++);
    if (!silent) words.push({ path, word: made });
    return made;
  };
  const value = (shape: Shape, path: string, silent: boolean): unknown => {
    switch (shape.type) {
      case 'group':
        return group(shape, path, silent);
      case 'list':
        return [value(shape.item, path, silent)];
      case 'union':
        return value(shape.options.at(-1) as Shape, path, silent);
      case 'flag':
        return true;
      case 'choice':
        return shape.values[0];
      default:
        return leaf(shape, path, silent, word);
    }
  };
  const group = ({ fields }: GroupShape, path: string, silent: boolean): Record<string, unknown> =>
    Object.fromEntries(
      [...fields].flatMap(([name, { shape }]) => {
        const at = path === '' ? name : `${path}.${name}`;
        if (['extra', 'translations', 'embargo', 'status'].includes(name) && path === '') return [];
        if (name === 'sections') return [[name, sections(at)]];
        return [[name, value(shape, at, silent || SILENT.has(name))]];
      }),
    );
  const sections = (path: string): unknown[] =>
    kinds
      .filter(({ kind }) => (path === 'sections' ? true : kind === 'text'))
      .map(({ kind, schema }, i) => ({
        ...group(groupOf(schema), `${path}.${kind}`, false),
        kind,
        id: `${path.replaceAll('.', '-')}-${i}`,
      }));
  const story = { ...group(storyShape, '', false), slug: 'probe', lang: 'en' };
  return { text: JSON.stringify(story), words };
}

function leaf(shape: Shape, path: string, silent: boolean, word: (path: string, silent: boolean) => string): string {
  switch (textTypeOf(shape)) {
    case 'url':
      return `https://probe.example/${word(path, silent)}`;
    case 'date':
      return '2025-10-06';
    case 'ref':
      return SOURCE;
    case 'word':
      return path === 'sources.id' ? SOURCE : silent ? 'en' : word(path, silent);
    default:
      return word(path, silent);
  }
}
