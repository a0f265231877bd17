import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Waived } from '../../checks/checker.js';
import { rules } from '../../checks/rules/index.js';
import type { Diagnostic } from '../../diagnostics.js';
import { toJson } from '../json.js';
import { visible } from '../terminal.js';

/**
 * Findings as SARIF 2.1.0 (OASIS, 2020), as code scanning services read them. A finding's fingerprint is made of its file, rule
 * and the text of its line, so that it is the same when lines above it change. What is waived is there, suppressed.
 */
export function sarif(diagnostics: readonly Diagnostic[], waived: readonly Waived[], version: string): string {
  const all: (Diagnostic | Waived)[] = [...diagnostics, ...waived];
  const names = [...new Set(all.map(({ rule }) => rule))].sort();
  const seen = new Map<string, number>();
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'nutgraf', semanticVersion: version, rules: names.map(descriptor) } },
        columnKind: 'unicodeCodePoints',
        results: all.map((diagnostic) => result(diagnostic, names.indexOf(diagnostic.rule), seen)),
      },
    ],
  };
  return `${toJson(log, 2)}\n`;
}

function descriptor(id: string): ReportingDescriptor {
  const rule = rules.find(({ name }) => name === id);
  const text = rule?.description ?? 'The story file would lose words, or is not a story.';
  return {
    id,
    shortDescription: { text: id.replaceAll('-', ' ') },
    fullDescription: { text },
    help: { text: `${text} nutgraf explain ${id} shows examples.` },
    defaultConfiguration: { level: rule?.level === 'warning' ? 'warning' : 'error', enabled: rule?.level !== 'off' },
  };
}

function result(diagnostic: Diagnostic | Waived, ruleIndex: number, seen: Map<string, number>): Result {
  const { file, rule, severity, message, hint, fix } = diagnostic;
  const uri = uriOf(file);
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: visible(hint === undefined ? message : `${message} (${hint})`) },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: region(diagnostic) } }],
    partialFingerprints: { 'nutgraf/v1': fingerprint(diagnostic, seen) },
    ...('reason' in diagnostic
      ? { suppressions: [{ kind: 'inSource', justification: visible(diagnostic.reason) }] }
      : {}),
    ...(fix
      ? {
          fixes: [
            {
              description: { text: 'What nutgraf check --fix does' },
              artifactChanges: [
                {
                  artifactLocation: { uri },
                  replacements: [{ deletedRegion: region(fix), insertedContent: { text: fix.text } }],
                },
              ],
            },
          ],
        }
      : {}),
  };
}

const region = ({ line, column, endLine, endColumn }: Omit<Diagnostic, 'file' | 'rule' | 'severity' | 'message'>) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

/** The same finding on the same text of a file is told from the next by its number. */
function fingerprint({ file, rule, source = '' }: Diagnostic, seen: Map<string, number>): string {
  const base = [file, rule, source.trim()].join('\0');
  const count = seen.get(base) ?? 0;
  seen.set(base, count + 1);
  return createHash('sha256').update(`${base}\0${count}`).digest('hex').slice(0, 32);
}

/** A path as a relative reference (RFC 3986), an absolute one as a file URL. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
