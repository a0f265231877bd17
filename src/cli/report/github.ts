import type { Diagnostic } from '../../diagnostics.js';
import { visible } from '../terminal.js';

/** GitHub shows this many annotations of each severity for one step, and silently leaves out the rest. */
const MOST_SHOWN = 10;

/**
 * Findings as GitHub's workflow commands (docs.github.com, "Workflow commands"), which become annotations at the lines of a
 * change; those above GitHub's limit as plain lines of the log.
 */
export function github(diagnostics: readonly Diagnostic[]): string {
  const shown = { error: 0, warning: 0 };
  return diagnostics
    .map((diagnostic) => (shown[diagnostic.severity]++ < MOST_SHOWN ? annotation(diagnostic) : plainLine(diagnostic)))
    .map((line) => `${line}\n`)
    .join('');
}

function annotation({ file, line, column, endLine, endColumn, severity, rule, message, hint }: Diagnostic): string {
  const properties = {
    file,
    line,
    endLine,
    // GitHub refuses columns where a finding goes over lines.
    ...(endLine === line ? { col: column, endColumn } : {}),
    title: `nutgraf ${rule}`,
  };
  const parameters = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`,
  );
  return `::${severity} ${parameters.join(',')}::${escapeData(visible(message) + (hint ? `\n${visible(hint)}` : ''))}`;
}

/** A line that cannot be taken for a command, whatever the file is called. */
function plainLine({ file, line, column, severity, rule, message }: Diagnostic): string {
  return `- ${visible(file)}:${line}:${column}: ${severity} ${rule}: ${visible(message)}`;
}

/** As GitHub's own toolkit escapes (actions/toolkit, core/src/command.ts). */
const escapeData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
