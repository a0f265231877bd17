import { describe, expect, it } from 'vitest';
import { assemble } from '../src/assemble.js';
import { byShape } from '../src/importing/kinds.js';
import { parseProse } from '../src/prose/parse.js';
import { createTemplates } from '../src/render/templates.js';

const STORY = `headline: H
sections:
  - kind: briefs
    items:
      - heading: Ferry
        text: It *runs*.
        items: [{ heading: Timetable, text: From six. }]
      - { text: Nothing else. }
`;

/** The entries of a section by the default template, which prints a kind that has none of its own. */
async function printed(format: string): Promise<string> {
  const templates = await createTemplates(
    [format],
    new Map([[`${format}/sections/briefs`, '{{> sections/_default}}']]),
  );
  const { briefs } = assemble(STORY, 'a.story.yaml', { formats: [format], templates, now: new Date(0) });
  return briefs[0]?.text ?? '';
}

describe('a kind of section without a template of its own', () => {
  it('prints each text of each entry', async () => {
    expect(await printed('txt')).toContain('- Ferry\n  It runs.\n  - Timetable\n    From six.\n\n- Nothing else.\n');
    expect(await printed('md')).toContain(
      '- Ferry\n\n  It *runs*.\n\n  - Timetable\n\n    From six.\n\n- Nothing else.\n',
    );
    expect(await printed('html')).toContain(
      '<li>Ferry\n<div><p>It <em>runs</em>.</p></div>\n<ul>\n<li>Timetable\n<div><p>From six.</p></div></li>\n</ul></li>\n<li><p>Nothing else.</p></li>',
    );
  });

  it('is read by the shape of its entries', () => {
    const read = (text: string) =>
      byShape('topics')(parseProse(text).blocks.map((block) => ({ type: 'block', block, line: 1 })));
    expect(read('Lead.\n\n- Ferry\n\n  It *runs*.\n\n  Daily.\n- It stops.\n')).toEqual({
      text: 'Lead.\n',
      items: [{ name: 'Ferry', text: 'It *runs*.\n\nDaily.' }, { text: 'It stops.' }],
    });
    expect(read('No list.')).toEqual({ text: 'No list.\n' });
  });
});
