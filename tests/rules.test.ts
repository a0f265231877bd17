import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
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
