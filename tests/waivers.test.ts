import { describe, expect, it } from 'vitest';
import { loadStory } from '../src/checks/load.js';
import { nutgraf } from './support.js';

const STORY = `headline: Bridge closes
sources:
  - { id: minutes, title: Meeting minutes, kind: interview }
sections:
  - kind: analysis
    text: The council voted. [@minutes]
`;

describe('waivers', () => {
  const waived = (text: string) => {
    const { waived: some, diagnostics } = loadStory(text, 'story.yaml');
    return [...some.map(({ rule, reason }) => `waived ${rule}: ${reason}`), ...diagnostics.map(({ rule }) => rule)];
  };
  const source = '  - { id: minutes, title: Meeting minutes, kind: interview }';

  it('accept a finding in the value below or on the line, with a reason', () => {
    for (const [from, to] of [
      [source, `  # nutgraf: allow missing-outlet — the clerk’s own\n${source}`],
      [source, `${source} # nutgraf: allow missing-outlet — the clerk’s own`],
      ['sources:', '# nutgraf: allow missing-outlet: the clerk’s own\n# another comment\n\nsources:'],
      ['sources:', 'sources: # nutgraf: allow missing-outlet, duplicate-url -- the clerk’s own'],
    ] as const) {
      const [first, ...rest] = waived(STORY.replace(from, to));
      expect(first).toBe('waived missing-outlet: the clerk’s own');
      expect(rest).toEqual(to.includes('duplicate-url') ? ['unused-waiver'] : []);
    }
  });

  it('do not reach further, and are told of where nothing needs them', () => {
    expect(waived(STORY.replace('sections:', '# nutgraf: allow missing-outlet — no\nsections:'))).toEqual([
      'missing-outlet',
      'unused-waiver',
    ]);
  });

  it('need a reason, and a rule that there is and that can be allowed', () => {
    for (const [comment, message] of [
      ['allow missing-outlet', 'has no reason'],
      ['allow missing-outlet — ', 'has no reason'],
      ['allow missing-outlt — so', 'there is no rule'],
      ['allow duplicate-id — so', 'cannot be allowed'],
      ['ignore all', 'does not understand'],
    ] as const) {
      const { diagnostics } = loadStory(STORY.replace('sources:', `# nutgraf: ${comment}\nsources:`), 'x');
      expect(diagnostics.map(({ rule }) => rule)).toEqual(['invalid-waiver', 'missing-outlet']);
      expect(diagnostics[0]?.message).toContain(message);
    }
  });

  it('are words where they stand in a text, and cut none', () => {
    const text = STORY.replace(
      'text: The council voted. [@minutes]',
      'text: |\n      # nutgraf: allow missing-outlet — no\n      [@minutes]',
    );
    expect(waived(text)).toEqual(['missing-outlet', 'invalid-waiver']); // readers would see it
  });

  it('are listed by check, in words and as JSON', () => {
    const input = STORY.replace(source, `${source} # nutgraf: allow missing-outlet — the clerk’s own`);
    const { out, code } = nutgraf(['check', '-', '--max-warnings', '0'], { input });
    expect(code).toBe(0);
    expect(out).toBe(
      '-:3:5: waived missing-outlet: the source "minutes" has no outlet (the clerk’s own)\n1 story checked: no problems, 1 waived\n',
    );
    const report = JSON.parse(nutgraf(['check', '-', '--format', 'json'], { input }).out);
    expect(report.waived).toMatchObject([{ rule: 'missing-outlet', line: 3, reason: 'the clerk’s own' }]);
  });
});
