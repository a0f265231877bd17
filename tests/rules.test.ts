import { describe, expect, it } from 'vitest';
import { fixText } from '../src/checks/fix.js';
import { loadStory } from '../src/checks/load.js';
import type { Rule } from '../src/checks/rule.js';
import { rules } from '../src/checks/rules/index.js';
import type { House } from '../src/house.js';
import { type ShapeRule, shapeRules } from '../src/shape-rules.js';

/** A part of a story with what it lacks to be one. */
function whole(part: string): string {
  const section = 'sections: [{ kind: summary, text: On Monday. }]\n';
  return /^sections|^#? ?Later|^[<%]|^The /m.test(part) ? part : `${part}\n${section}`;
}

const rulesIn = (text: string) => loadStory(text, 'a.story.yaml').diagnostics.map(({ rule }) => rule);

describe.each(Object.entries(shapeRules) as [string, ShapeRule][])('%s', (name, { cause, bad, good }) => {
  if (bad !== undefined)
    it('finds its bad example', () => {
      expect(rulesIn(whole(bad))).toContain(name);
    });
  if (good !== undefined)
    it('leaves its good example alone', () => {
      expect(rulesIn(whole(good))).not.toContain(name);
    });
  it('has examples, or is not about the words of a file', () => {
    const needsNone = cause === 'file' || /^(?:too-many-aliases|yaml-syntax)$/.test(name);
    expect(needsNone || (bad !== undefined && good !== undefined)).toBe(true);
  });
});

/** A part of a story as its rule's page shows it, in a story that has nothing else for the rule. */
function storyWith(part: string): string {
  const lines = part.split('\n');
  const [first = ''] = lines;
  const indented = (text: string[]) => text.map((line) => `    ${line}`).join('\n');
  const ofSection = /^(?:text|kind):/.test(first)
    ? lines.slice(0, lines.findIndex((line, i) => i > 0 && /^sources:/.test(line)) >>> 0)
    : [];
  const rest = lines.slice(ofSection.length);
  const section = ofSection.length === 0 ? '    text: Body.' : indented(ofSection);
  const isOfSource = first.startsWith('url:');
  const head = isOfSource ? `sources:\n  - id: a\n    outlet: A\n${indented(lines)}` : rest.join('\n');
  const sections = /^sections:/m.test(part)
    ? ''
    : `\nsections:\n  -${(/^ {4}kind:/.test(section) ? section : `    kind: text\n${section}`).slice(3)}`;
  return `${head}${sections}\n`.replace(/^\n/, '');
}

/** What only other files or settings make wrong, or takes too long to show, is told by a comment or by dots. */
const isPicture = (part: string) =>
  /^#(?! nutgraf: allow)|…(?! many)|^- \{/m.test(part.replace(/# nutgraf[^\n]*/g, ''));

const shown = rules.filter(
  ({ check, checkTexts, name, bad }) => (check || checkTexts || name === 'unused-waiver') && !isPicture(bad),
);

describe.each(shown)('$name', ({ name, bad, good }: Rule) => {
  const house: House = { levels: { [name]: 'warning' } };
  const whole = (part: string) => (name === 'missing-headline' ? '' : 'headline: H\n') + storyWith(part);
  const story = (part: string) => whole(part).replace(/^headline: H\n(?=[\s\S]*^headline:)/m, '');
  const findings = (text: string) => loadStory(text, 'a.story.yaml', house).diagnostics;

  it('finds its bad example, and nothing of the kind in its good one', () => {
    expect(
      findings(story(bad)).map(({ rule }) => rule),
      story(bad),
    ).toContain(name);
    if (!isPicture(good))
      expect(
        findings(story(good)).map(({ rule }) => rule),
        story(good),
      ).not.toContain(name);
  });

  const isOfRule = (text: string) => findings(text).filter(({ rule }) => rule === name);
  if (isOfRule(story(bad)).some(({ fix }) => fix))
    it('has a fix that makes the good one of the bad one', () => {
      expect(fixText(story(bad), isOfRule).text).toBe(story(good));
    });
});

it('most rules are shown by examples that are tried', () => {
  expect(shown.length / rules.length).toBeGreaterThan(0.6);
});

it('a finding names its field', () => {
  const text = `sections: [{ kind: sumary }, { kind: timeline, items: [{ date: 6/10/2025 }] }]\nheadlin: x\nsources: [{ id: a }]\n`;
  const { diagnostics } = loadStory(text, 'a.story.yaml');
  expect(diagnostics.map(({ rule, path }) => `${rule} ${path?.join('.')}`).sort()).toEqual([
    'invalid-date sections.1.items.0.date',
    'missing-field sections.1.items.0.text',
    'missing-headline headline',
    'unknown-field headlin',
    'unknown-kind sections.0.kind',
  ]);
  const waived = `# nutgraf: allow missing-headline — the desk writes it later\nsections:\n  - { kind: summary, text: On Monday. }\n`;
  const { report } = loadStory(waived, 'a.story.yaml');
  expect(report('outlet-mismatch', { path: ['sections', 0], message: 'm' })).toMatchObject({
    line: 3,
    severity: 'warning',
  });
});
