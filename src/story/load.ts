import { rules } from '../checks/index.js';
import { type OwnText, ownTexts } from '../checks/own-words.js';
import type { Facts, Rule } from '../checks/rule.js';
import { type Diagnostic, hasErrors, sortDiagnostics } from '../diagnostics.js';
import type { House, Level } from '../house/house.js';
import { type Prose, parseProse } from '../prose/parse.js';
import { sectionsOf } from '../sections/each.js';
import { kinds } from '../sections/index.js';
import type { Report } from '../sections/kind.js';
import { type Decoded, decode, normalizeLines, refusal } from './decode.js';
import { FileText, type Located, type Range, type TextEdit } from './file-text.js';
import { layoutFindings } from './layout.js';
import { type Path, Places } from './places.js';
import { readBySchema } from './read.js';
import { type ReadOn, readOn } from './read-on.js';
import { type StoryInput, storySchema } from './schema.js';
import { resolveStory, type Story } from './story.js';
import { strayCharacters } from './stray.js';
import { waiversIn } from './waivers.js';
import { type TextEntry, textsOf } from './walk.js';
import { parseYaml } from './yaml.js';

/** A finding that a comment in the story accepts. */
export interface Waived extends Diagnostic {
  reason: string;
}

/** A story file that was read: the story where it has no error, and everything found in it. */
export interface Loaded {
  story?: Story;
  diagnostics: Diagnostic[];
  /** What was found and the story's own comments accept, with their reasons. */
  waived: Waived[];
  /** The reason for which a comment in the story accepts what a rule finds on a line. */
  waives: (rule: string, line: number) => string | undefined;
  /** Parses prose; each text of a story once, however many formats print it. */
  prose: (text: string) => Prose;
  /** Where a value, or a part of a text, stands: for a message about it. */
  place: (path: Path, within?: Range) => Diagnostic;
}

/**
 * A story file to a story. Never throws for what is in the file: all that is wrong comes back as diagnostics, sorted by
 * place. `house` says which rules count, and what a desk does its own way.
 */
export function loadStory(content: Uint8Array | string, file: string, house: House = {}): Loaded {
  const decoded = typeof content === 'string' ? { ok: true as const, text: normalizeLines(content) } : decode(content);
  if (!decoded.ok) return unreadable(decoded, file);
  const text = new FileText(file, decoded.text);
  const prose = memoized();
  const whole = parseYaml(text);
  const more = whole.root ? undefined : readOn(text, whole.findings);
  const tree = more?.tree ?? whole;
  const found = [...strayCharacters(text), ...whole.findings];
  const { value, places, findings } = tree.root
    ? readBySchema(storySchema, tree, text)
    : { value: undefined, places: new Places(text), findings: [] };
  const read = withoutRepeats(findings, tree.findings);
  found.push(...(more ? outside(more, text, [...tree.findings, ...read]) : read));
  const place = (path: Path, within?: Range) => text.diagnostic(places.range(path, within), { rule: '', message: '' });
  const shape = laidOut(text, found).map((finding) => text.diagnostic(finding.range, finding));
  if (value === undefined)
    return { diagnostics: sortDiagnostics(shape), waived: [], waives: () => undefined, prose, place };
  const input = { sections: [], ...(value as object) } as StoryInput;
  const story = resolveStory(input, file, house);
  const check = new Check(text, places, house, prose);
  check.story(input, story, hasErrors(shape));
  const checked = more ? check.diagnostics.filter(({ line }) => !more.lines.has(line)) : check.diagnostics;
  const { left, waived, problems, waives } = waive(checked, text, hasErrors(shape), (rule) => check.level(rule));
  const diagnostics = sortDiagnostics([...shape, ...left, ...problems]);
  return { ...(hasErrors(diagnostics) ? {} : { story }), diagnostics, waived, waives, prose, place };
}

/** Parts what the rules find by the story's waivers; a waiver that nothing needs is itself told of. */
function waive(checked: Diagnostic[], text: FileText, partial: boolean, levelFor: (rule: string) => Level) {
  const unused = levelFor('unused-waiver');
  const { waivers, findings } = waiversIn(text);
  const used = new Set<string>();
  const waived: Waived[] = [];
  const waiverFor = (rule: string, line: number) =>
    waivers.find(({ rules: names, lines: [first, last] }) => names.includes(rule) && first <= line && line <= last);
  const left = checked.filter((one) => {
    const waiver = waiverFor(one.rule, one.line);
    if (!waiver) return true;
    used.add(`${waiver.range[0]} ${one.rule}`);
    waived.push({ ...one, reason: waiver.reason });
    return false;
  });
  const problems = findings.map((finding) => text.diagnostic(finding.range, finding));
  // What a story with errors of shape would be told of is not known yet, nor what many stories together are.
  for (const { range, rules: names } of partial || unused === 'off' ? [] : waivers)
    for (const name of names)
      if (!ofMany.has(name) && levelFor(name) !== 'off' && !used.has(`${range[0]} ${name}`))
        problems.push(
          text.diagnostic(range, {
            rule: 'unused-waiver',
            severity: unused === 'error' ? 'error' : 'warning',
            message: `${name} finds nothing here`,
            hint: 'delete the comment, or move it to the line above what it is about',
          }),
        );
  const waives = (rule: string, line: number) => waiverFor(rule, line)?.reason;
  return { left, waived: sortDiagnostics(waived), problems, waives };
}

/** Findings that are not about a value which was put aside. */
function outside({ lines }: ReadOn, text: FileText, findings: Located[]): Located[] {
  return findings.filter(({ range }) => !lines.has(text.position(range[0]).line));
}

/** What else a misplaced line brings is left out: it would be gone once the line is right. */
const FOLLOWS_FROM_LAYOUT =
  /^(?:bad-indent|not-a-field|odd-indent|unknown-field|missing-field|empty-text|wrong-type|yaml-syntax|not-a-story)$/;

function laidOut(text: FileText, found: Located[]): Located[] {
  if (!found.some(({ rule }) => FOLLOWS_FROM_LAYOUT.test(rule))) return found;
  const layout = layoutFindings(text);
  const [first] = layout;
  if (!first) return found;
  // A field that does not line up is only told of where YAML stumbles too: it may stand in a text.
  const broken = found.some(({ rule }) => /^(?:bad-indent|not-a-field|yaml-syntax)$/.test(rule));
  const told = layout.filter(({ rule }) => !/^(?:bad-indent|missing-dash)$/.test(rule) || broken);
  return told.length === 0 ? found : [...told, ...found.filter(({ rule }) => !FOLLOWS_FROM_LAYOUT.test(rule))];
}

function unreadable(problem: Exclude<Decoded, { ok: true }>, file: string): Loaded {
  const diagnostic = refusal(problem, file);
  return { diagnostics: [diagnostic], waived: [], waives: () => undefined, prose: memoized(), place: () => diagnostic };
}

function memoized(): (text: string) => Prose {
  const parsed = new Map<string, Prose>();
  return (text) => {
    const known = parsed.get(text);
    if (known) return known;
    const prose = parseProse(text);
    parsed.set(text, prose);
    return prose;
  };
}

/** A value that a trap has already explained is not reported as empty or of the wrong type too. */
function withoutRepeats(findings: Located[], traps: Located[]): Located[] {
  return findings.filter(({ range }) => !traps.some((trap) => trap.range[0] <= range[0] && range[0] < trap.range[1]));
}

/** Rules that something else than one story's checks reports. */
const ofMany: ReadonlySet<string> = new Set(rules.filter(({ check }) => !check).map(({ name }) => name));

const levelOf: ReadonlyMap<string, Level> = new Map(rules.map(({ name, level }) => [name, level]));

/** Tells what the rules find in one story. */
class Check {
  readonly diagnostics: Diagnostic[] = [];
  readonly #text: FileText;
  readonly #places: Places;
  readonly #house: House;
  #input: StoryInput | undefined;
  readonly #prose: Loaded['prose'];

  constructor(text: FileText, places: Places, house: House, prose: Loaded['prose']) {
    this.#text = text;
    this.#places = places;
    this.#house = house;
    this.#prose = prose;
  }

  /** A story with errors of shape is told about as far as it could be read. */
  story(input: StoryInput, story: Story, partial: boolean): void {
    this.#input = input;
    const texts = textsOf(input);
    this.#deepProse(texts);
    this.#waiversInTexts(texts);
    let ownWords: OwnText[] | undefined;
    const own = () => {
      ownWords ??= ownTexts(texts);
      return ownWords;
    };
    const given = (path: Path) => this.#places.has(path);
    for (const rule of rules) {
      if ((partial && !rule.partial) || this.level(rule.name) === 'off') continue;
      const option = (name: string) => this.#option(rule, name);
      const facts: Facts = { input, story, texts, own, prose: this.#prose, given, house: this.#house, option };
      for (const { path, within, message, also, hint, fix } of rule.check?.(facts) ?? []) {
        const first = also ? `; the first is on line ${this.#text.position(this.#places.range(also)[0]).line}` : '';
        this.#add(rule.name, this.#places.range(path, within), message + first, hint, this.#edit(path, fix));
      }
    }
    if (!partial) this.#sections(input.sections);
    input.sources?.forEach((source, i) => {
      if (partial || source.outlet !== undefined || source.title !== undefined) return;
      this.#add(
        'missing-field',
        this.#places.range(['sources', i]),
        `the source "${source.id}" has neither outlet nor title`,
        'add outlet: with the name of who published it',
      );
    });
  }

  /** A new text for a value, where the value stands in the file letter by letter. */
  #edit(path: Path, text: string | undefined): TextEdit | undefined {
    if (text === undefined) return undefined;
    const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], this.#input);
    if (typeof value !== 'string') return undefined;
    const range = this.#places.range(path, [0, value.length]);
    return this.#text.text.slice(...range) === value ? { range, text } : undefined;
  }

  #add(rule: string, range: Range, message: string, hint?: string, fix?: TextEdit): void {
    const severity = this.level(rule);
    if (severity !== 'off') this.diagnostics.push(this.#text.diagnostic(range, { rule, message, hint, severity, fix }));
  }

  level(rule: string): Level {
    return this.#house.levels?.[rule] ?? levelOf.get(rule) ?? 'error';
  }

  #option({ name, options }: Rule, option: string): number {
    return Number(this.#house.options?.[name]?.[option] ?? options?.[option]?.value);
  }

  /** A comment that stands in a block text is text, and would be published. */
  #waiversInTexts(texts: TextEntry[]): void {
    if (!/nutgraf/i.test(this.#text.text)) return; // most stories
    for (const { text, path } of texts) {
      const [found] = /^[ \t]*#+\s*nutgraf:?\s*allow\b[^\n]*/im.exec(text) ?? [];
      if (found === undefined) continue;
      const start = text.indexOf(found);
      this.#add(
        'invalid-waiver',
        this.#places.range(path, [start, start + found.length]),
        'this comment stands in the text, and readers would see it',
        'move it to a line above the name of the field',
      );
    }
  }

  #deepProse(texts: TextEntry[]): void {
    for (const { text, type, path } of texts) {
      if (type !== 'prose' || !this.#prose(text).tooDeep) continue;
      this.#add(
        'too-deep',
        this.#places.range(path),
        'lists and quotes are nested too deep in this text',
        'take some of the indentation or > away',
      );
    }
  }

  /** What the kinds of section check themselves. */
  #sections(sections: StoryInput['sections']): void {
    for (const { section, path } of sectionsOf(sections)) {
      const report: Report = (rule, below, message, hint) =>
        this.#add(rule, this.#places.range([...path, ...below]), message, hint);
      kinds.find(({ kind }) => kind === section.kind)?.check?.(section as never, report);
    }
  }
}
