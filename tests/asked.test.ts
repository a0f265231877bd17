import { describe, expect, it } from 'vitest';
import type { Shape } from '../src/schema/shape.js';
import { storyShape } from '../src/story/schema.js';

/** Words that a reporter does not know, and need not. */
const INNER =
  /\b(?:slug|id|anchor|nature|matrix|tag of a language|BCP|Markdown|YAML|field|dek|kicker|byline|boolean|true|false|null|schema|ISO)\b/;

/** Every field of the story with its path, kinds and entries too. */
function* fieldsOf(shape: Shape, path: string[] = []): Generator<{ path: string; shape: Shape }> {
  if (shape.type === 'group')
    for (const [name, field] of shape.fields) {
      if (name !== 'kind' || path.length < 2 || !path[0]?.startsWith('sections'))
        yield { path: [...path, name].join('.'), shape: field.shape };
      yield* fieldsOf(field.shape, [...path, name]);
    }
  if (shape.type === 'list') yield* fieldsOf(shape.item, [...path, '*']);
  if (shape.type === 'kinds') for (const [kind, group] of shape.kinds) yield* fieldsOf(group, [...path, kind]);
  if (shape.type === 'union') for (const option of shape.options) yield* fieldsOf(option, path);
}

describe('every field of a story', () => {
  const all = [...fieldsOf(storyShape)];

  it('says when it is asked, and what is asked says so in plain words', () => {
    expect(all.length).toBeGreaterThan(100);
    for (const { path, shape } of all) {
      const { ask, label, prompt } = shape.type === 'anything' ? { ask: 'never' } : (shape.asked ?? {});
      expect(ask, path).toMatch(/^(?:first|more|outline|never)$/);
      if (ask === 'never') continue;
      expect(label, path).toMatch(/^.{1,12}$/);
      expect(prompt, path).toMatch(/^.{4,60}$/);
      expect(`${label} ${prompt}`, path).not.toMatch(INNER);
    }
  });
});
