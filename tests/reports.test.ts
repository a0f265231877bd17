import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { nutgraf, temporaryFolder } from './support.js';

const GOOD = 'headline: Bridge closes\nsections:\n  - kind: summary\n    text: It closes on Monday.\n';

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('nutgraf check --format github', () => {
  it('annotates lines, escapes what would be a command, and stays within GitHub’s limits', () => {
    const cwd = folderOf({
      '%a,b.yaml': 'headline: Gang #4 jailed\nsections:\n  - kind: summary\n    text: x\n',
      '::error::x.yaml': `headline: H\nsections:\n  - kind: summary\n    text: "${'[@no] '.repeat(12)}"\n`,
    });
    const { out, code } = nutgraf(['check', '%a,b.yaml', '::error::x.yaml', '--format', 'github', '-q'], { cwd });
    expect(code).toBe(1);
    const lines = out.trimEnd().split('\n');
    expect(lines).toContain(
      '::error file=%25a%2Cb.yaml,line=1,endLine=1,col=16,endColumn=25,title=nutgraf comment-cuts-text::#4 jailed is taken for a comment and would be cut off%0Aheadline: "Gang #4 jailed"',
    );
    expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('- ::error::x.yaml:4:'))).toHaveLength(3);
    expect(out).toContain('::error file=%3A%3Aerror%3A%3Ax.yaml,line=4');
  });
});

describe('nutgraf check --format junit', () => {
  it('gives XML that a parser reads, a case a file, whatever is in them', () => {
    const cwd = folderOf({
      'good.yaml': GOOD,
      'b<&".yaml': 'headline: "A & <b> \\uFFFF"\nsections: [\n',
      'c.yaml': `${GOOD}x: "]]>"\n`,
    });
    const { out, code } = nutgraf(['check', 'good.yaml', 'b<&".yaml', 'c.yaml', '--format', 'junit'], { cwd });
    expect(code).toBe(1);
    const seen: [string, Record<string, string>][] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => seen.push([name, attributes as Record<string, string>]));
    parser.write(out).close();
    expect(seen.filter(([name]) => name === 'testcase').map(([, { name }]) => name)).toEqual([
      'b<&".yaml',
      'c.yaml',
      'good.yaml',
    ]);
    expect(seen.filter(([name]) => name === 'failure')).toHaveLength(2);
    expect(seen[0]?.[1]).toMatchObject({ tests: '3', failures: '2' });
  });
});

describe('nutgraf explain', () => {
  it('gives a rule’s page', () => {
    for (const rule of ['comment-cuts-text', 'unknown-source'])
      expect(nutgraf(['explain', rule])).toMatchObject({
        code: 0,
        out: expect.stringMatching(new RegExp(`^\`${rule}\`[\\s\\S]*\n$`)),
      });
  });
});
