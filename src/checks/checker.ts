import { type Diagnostic, sortDiagnostics } from '../diagnostics.js';
import type { House, Level } from '../house.js';
import type { Prose } from '../prose/parse.js';
import type { Document } from '../schema/document.js';
import { type TextEntry, textsOf } from '../schema/walk.js';
import { imagesOf, sectionsOf } from '../sections/each.js';
import { kinds } from '../sections/index.js';
import type { SectionReport } from '../sections/kind.js';
import type { StoryInput } from '../story/schema.js';
import { storyShape } from '../story/schema.js';
import type { Story } from '../story/story.js';
import type { TextEdit } from '../yaml/file-text.js';
import type { Path } from '../yaml/places.js';
import { type OwnText, ownTextsOf } from './own-words.js';
import { type Facts, type Finding, levelIn, optionIn, type Rule, type TextFacts } from './rule.js';
import { type RuleName, rules } from './rules/index.js';
import { waiversIn } from './waivers.js';

/** A finding that a comment in the file accepts. */
export interface Waived extends Diagnostic {
  reason: string;
}

/** All that is wrong with a file, sorted by place, and what of it the file's own comments accept. */
export interface Verdict {
  diagnostics: Diagnostic[];
  /** What was found and is accepted, with the reasons. */
  waived: Waived[];
  /** Makes findings about the file that its own rules could not make: those of many files, or of what is made of it. */
  report: Report;
}

/**
 * Makes the finding of a rule at a path of a file, at the rule's level in the house; one that a comment in the file accepts
 * has a reason. Undefined where the rule is off.
 */
export type Report = (rule: RuleName, finding: Finding) => Diagnostic | Waived | undefined;

/** Whether a comment in the file accepts a finding. */
export const isWaived = (finding: Diagnostic): finding is Waived => 'reason' in finding;

/** Rules that are not reported by the checks of a single file, whose waivers only a whole run can call unused. */
const reportedByRun: ReadonlySet<string> = new Set(
  rules.filter(({ check, checkTexts, byKinds }) => !check && !checkTexts && !byKinds).map(({ name }) => name),
);

const ruleOf: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.name, rule]));

/** Tells what the rules find in a file that was read. */
export class Checker {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: Document;
  readonly #house: House;
  /** Parses prose, each text once. */
  readonly prose: (text: string) => Prose;

  constructor(document: Document, house: House, prose: (text: string) => Prose) {
    this.#document = document;
    this.#house = house;
    this.prose = prose;
  }

  /** Looks at a story; at one with errors of shape as far as it could be read. */
  story(input: StoryInput, story: Story): void {
    const { broken, has: isGiven } = this.#document;
    const facts = {
      ...this.#facts(textsOf(input, storyShape), [...imagesOf(input)], story.lang),
      input,
      story,
      isGiven,
    };
    this.checkTexts(facts.texts);
    this.#run((rule, option) => this.#check(rule, { ...facts, option }));
    if (broken) return;
    this.checkSections(input.sections);
    for (const [i, { id, outlet, title }] of input.sources?.entries() ?? [])
      if (outlet === undefined && title === undefined)
        this.report('missing-field', {
          path: ['sources', i],
          message: `the source "${id}" has neither outlet nor title`,
          hint: 'add outlet: with the name of who published it',
        });
  }

  /** Looks at the texts and pictures of a file that is no story. */
  texts(texts: TextEntry[], images: TextFacts['images'], lang: string): void {
    const facts = this.#facts(texts, images, lang);
    this.checkTexts(texts);
    this.#run((rule, option) => rule.checkTexts?.({ ...facts, option }));
  }

  /** Reports something at a path of the file, at the level of its rule. */
  report(rule: RuleName, finding: Finding): void {
    const diagnostic = this.#diagnostic(rule, finding);
    if (diagnostic) this.diagnostics.push(diagnostic);
  }

  #diagnostic(rule: RuleName, finding: Finding): Diagnostic | undefined {
    const { path, within, message, also, hint, fix, isWarning } = finding;
    const level = this.#level(rule);
    if (level === 'off') return undefined;
    const { text, places, place } = this.#document;
    const first = also ? `; the first is on line ${place(also).line}` : '';
    const [start] = places.range(path);
    return text.diagnostic(places.range(path, within), {
      rule,
      path,
      message: message + first,
      // Between double quotes YAML wants two backslashes for one.
      hint: text.text[start] === '"' ? hint?.replaceAll('\\', '\\\\') : hint,
      severity: isWarning ? 'warning' : level,
      fix: this.#edit(path, fix),
    });
  }

  /** All that is wrong with the file, parted by its waivers. */
  verdict(): Verdict {
    const { findings: ofShape, aside, text, broken } = this.#document;
    const unused = this.#level('unused-waiver');
    const { waivers, findings } = waiversIn(text);
    const used = new Set<string>();
    const waived: Waived[] = [];
    const waiverFor = (rule: string, line?: number) =>
      waivers.find(
        ({ rules: names, lines: [first, last] }) =>
          names.includes(rule) && (line === undefined || (first <= line && line <= last)),
      );
    const left = this.diagnostics.filter((diagnostic) => {
      if (aside(diagnostic.line)) return false;
      const waiver = waiverFor(diagnostic.rule, diagnostic.line);
      if (!waiver) return true;
      used.add(`${waiver.range[0]} ${diagnostic.rule}`);
      waived.push({ ...diagnostic, reason: waiver.reason });
      return false;
    });
    const problems = findings.map((finding) => text.diagnostic(finding.range, finding));
    // Whether a waiver is unused cannot be told in a broken file, nor for rules about many files.
    for (const { range, rules: names } of broken || unused === 'off' ? [] : waivers)
      for (const name of names)
        if (!reportedByRun.has(name) && this.#level(name) !== 'off' && !used.has(`${range[0]} ${name}`))
          problems.push(
            text.diagnostic(range, {
              rule: 'unused-waiver',
              severity: unused === 'error' ? 'error' : 'warning',
              message: `${name} finds nothing here`,
              hint: 'delete the comment, or move it to the line above what it is about',
            }),
          );
    return {
      diagnostics: sortDiagnostics([...ofShape, ...left, ...problems]),
      waived: sortDiagnostics(waived),
      report: (rule, finding) => {
        const diagnostic = this.#diagnostic(rule, finding);
        const line = finding.isOfFile ? undefined : diagnostic?.line;
        const waiver = waiverFor(rule, line);
        return diagnostic && waiver ? { ...diagnostic, reason: waiver.reason } : diagnostic;
      },
    };
  }

  #facts(texts: TextEntry[], images: TextFacts['images'], lang: string): Omit<TextFacts, 'option'> {
    let ownWords: OwnText[] | undefined;
    const ownTexts = () => {
      ownWords ??= ownTextsOf(texts);
      return ownWords;
    };
    return { lang, texts, images, ownTexts, prose: this.prose, house: this.#house };
  }

  #check(rule: Rule, facts: Facts): Iterable<Finding> | undefined {
    if (this.#document.broken && !rule.partial) return undefined;
    return rule.checkTexts?.(facts) ?? rule.check?.(facts);
  }

  #run(look: (rule: Rule, option: TextFacts['option']) => Iterable<Finding> | undefined): void {
    for (const rule of rules) {
      if (this.#level(rule.name) === 'off') continue;
      for (const finding of look(rule, (name) => optionIn(rule, name, this.#house)) ?? [])
        this.report(rule.name as RuleName, finding);
    }
  }

  /** A replacement for a value; only if the file holds the value unescaped. */
  #edit(path: Path, text: string | undefined): TextEdit | undefined {
    if (text === undefined) return undefined;
    const { value: whole, places, text: file } = this.#document;
    const value = path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], whole);
    if (typeof value !== 'string') return undefined;
    const range = places.range(path, [0, value.length]);
    return file.text.slice(...range) === value ? { range, text } : undefined;
  }

  /** A rule's level in the house; rules of shape are always errors. */
  #level(name: string): Level {
    const rule = ruleOf.get(name);
    return rule ? levelIn(rule, this.#house) : 'error';
  }

  /** Checks that hold for every text, whatever the levels of rules. */
  checkTexts(texts: TextEntry[]): void {
    for (const { text, type, path } of texts) {
      const deep = type === 'prose' ? this.prose(text).tooDeep : undefined;
      if (deep === undefined) continue;
      const [what, way] =
        deep === 'blocks'
          ? ['lists and quotes', 'take some of the indentation or > away']
          : ['stars, brackets and links', 'take some of the marks away'];
      this.report('too-deep', { path, message: `${what} are nested too deep in this text`, hint: way });
    }
    // A comment that stands in a block text is text, and would be published.
    if (!/nutgraf/i.test(this.#document.text.text)) return; // most files
    for (const { text, path } of texts) {
      const [comment] = /^[ \t]*#+\s*nutgraf:?\s*allow\b[^\n]*/im.exec(text) ?? [];
      if (comment === undefined) continue;
      const start = text.indexOf(comment);
      this.report('invalid-waiver', {
        path,
        within: [start, start + comment.length],
        message: 'this comment stands in the text, and readers would see it',
        hint: 'move it to a line above the name of the field',
      });
    }
  }

  /** What the kinds of section check themselves. */
  checkSections(sections: StoryInput['sections']): void {
    for (const { section, path } of sectionsOf(sections)) {
      const report: SectionReport = (rule, below, message, hint) =>
        this.report(rule, { path: [...path, ...below], message, hint });
      kinds.find(({ kind }) => kind === section.kind)?.check?.(section as never, report);
    }
  }
}
