import type { Diagnostic } from '../../diagnostics.js';
import { visible } from '../terminal.js';

/** Findings as JUnit's XML, as CI servers read it: a test case a file; errors are its failures, warnings what it says. */
export function junit(diagnostics: readonly Diagnostic[], files: readonly string[]): string {
  const byFile = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const diagnostic of diagnostics)
    byFile.set(diagnostic.file, [...(byFile.get(diagnostic.file) ?? []), diagnostic]);
  const failed = [...byFile.values()].filter((all) => all.some(({ severity }) => severity === 'error')).length;
  const cases = [...byFile].map(([file, all]) => testCase(file, all)).join('');
  const counts = `tests="${byFile.size}" failures="${failed}" errors="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n<testsuite name="nutgraf check" ${counts}>\n${cases}</testsuite>\n</testsuites>\n`;
}

function testCase(file: string, all: readonly Diagnostic[]): string {
  const errors = all.filter(({ severity }) => severity === 'error');
  const warnings = all.filter(({ severity }) => severity === 'warning');
  const [first] = errors;
  const failure = first
    ? `<failure type="${escapeXml(first.rule)}" message="${escapeXml(first.message)}">${errors.map(line).join('\n')}</failure>`
    : '';
  const out = warnings.length > 0 ? `<system-out>${warnings.map(line).join('\n')}</system-out>` : '';
  return `<testcase classname="nutgraf" name="${escapeXml(file)}">${failure}${out}</testcase>\n`;
}

function line({ file, line, column, severity, rule, message, hint }: Diagnostic): string {
  return escapeXml(`${file}:${line}:${column}: ${severity} ${rule}: ${message}${hint ? ` (${hint})` : ''}`);
}

/** Text for XML 1.0; characters that it may not hold are shown as code. */
function escapeXml(text: string): string {
  return visible(text)
    .replace(/[\uFFFE\uFFFF]/g, (char) => `\\u{${char.charCodeAt(0).toString(16).toUpperCase()}}`)
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
