import { type Document, isCollection, Lexer, type Node, type ParsedNode, parseAllDocuments } from 'yaml';
import type { FileKind } from './file-kind.js';
import type { FileText, Located, Range } from './file-text.js';
import { syntaxFindings } from './syntax.js';
import { trapFindings } from './traps.js';

/** How deep a story may nest; a brief needs about eight. */
const MAX_DEPTH = 100;

export interface YamlTree {
  /** The root node; absent where the file is empty or its syntax is broken. */
  root?: Node;
  /** Where each anchor's node is, for aliases. */
  anchors: Map<string, Node>;
  findings: Located[];
}

/**
 * YAML text to its node tree, with everything that YAML would refuse or silently lose as a finding.
 * The tree is read with the failsafe schema: every scalar is the text that was typed.
 */
export function parseYaml(file: FileText, kind: FileKind): YamlTree {
  const anchors = new Map<string, Node>();
  const early = tooDeep(file) ?? notYaml(file, kind);
  if (early) return { anchors, findings: [early] };
  let documents: Document.Parsed[];
  try {
    const parsed = parseAllDocuments<ParsedNode>(file.text, {
      schema: 'failsafe',
      uniqueKeys: false,
      logLevel: 'error',
      prettyErrors: false,
      merge: false,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { anchors, findings: [deepFinding([0, 0])] };
  }
  const [document, second] = documents;
  if (!document || isEmptyDocument(document, second)) {
    return {
      anchors,
      findings: [{ range: [0, 0], rule: 'empty-file', message: 'the file is empty', hint: kind.starts }],
    };
  }
  const syntax = syntaxFindings(file, document);
  const traps = trapFindings(file, document, anchors);
  const findings = [...traps, ...withoutEchoes(file, syntax, traps)];
  if (second && syntax.length === 0 && !(isEmptyDocument(second, documents[2]) && isEmptyTail(file, second)))
    findings.push(secondDocument(file, second, kind));
  const root = document.contents;
  const boundless = traps.some(({ rule }) => rule === 'too-many-aliases' || rule === 'alias-cycle');
  return syntax.length === 0 && !boundless && isCollection(root)
    ? { root, anchors, findings }
    : { anchors, findings: findings.length > 0 ? findings : [notAStory(file, kind)] };
}

/** A second document that holds nothing but perhaps comments: a lone `---` or `...` at the end. */
function isEmptyTail(file: FileText, document: Document.Parsed): boolean {
  const tail = file.text.slice(document.range[0]);
  return /^(?:\s|#[^\n]*|(?:---|\.\.\.)(?=\s|$))*$/.test(tail);
}

function isEmptyDocument(document: Document.Parsed, second: unknown): boolean {
  const root = document.contents as { value?: unknown; range?: Range } | null;
  const nothing = root === null || (root.value === '' && root.range?.[0] === root.range?.[1]);
  return nothing && document.errors.length === 0 && !second;
}

/** Marks of Markdown that YAML does not have. */
const MARKDOWN = /^#{1,6} \S|\]\(https?:|\*\*\S|^[-*] \S/m;
const IMPORT = 'if this is Markdown or plain text, nutgraf import makes a story of it';

function notAStory(file: FileText, kind: FileKind): Located {
  const { name, starts } = kind;
  const start = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(file.text)?.[0].length ?? 0;
  const from = start < file.text.length ? start : 0;
  const { line } = file.position(from);
  return {
    range: [from, file.lineStart(line) + file.line(line).length],
    rule: 'not-a-story',
    message: `the file holds plain text, not ${name}`,
    hint: kind.importable && MARKDOWN.test(file.text) ? IMPORT : starts,
  };
}

function secondDocument(file: FileText, second: Document.Parsed, { noun }: FileKind): Located {
  const contents = second.contents as Node | null;
  const start = documentStart(file, second.range[0], contents?.range?.[0] ?? second.range[0]);
  return {
    range: [start, start + 3],
    rule: 'second-document',
    message: `a second document starts here; a file holds one ${noun}`,
    hint: 'delete the line "---" or "..." before it, or move what follows to a file of its own',
  };
}

/** The place of a later document: its `---`, or its first content where `...` ended the one before. */
function documentStart(file: FileText, from: number, contents: number): number {
  const marker = /^---(?=\s|$)/m.exec(file.text.slice(from, contents + 3));
  return marker ? from + marker.index : contents;
}

/** Leaves out a syntax error that only repeats what a trap on the same line has said better. */
function withoutEchoes(file: FileText, syntax: Located[], traps: Located[]): Located[] {
  const lines = new Set(traps.map((trap) => file.position(trap.range[0]).line));
  return syntax.filter(({ range, rule }) => rule === 'unclosed-bracket' || !lines.has(file.position(range[0]).line));
}

/** Fields between lines of dashes, and a heading or a paragraph of text below them. */
const FRONT_MATTER =
  /^(?:\s*<!--[^>]{0,500}-->\s*)?---\n(?:[^\n]{0,500}\n){1,60}?---\n\s*(#{1,6} [^\n]+|[^\n:#\-[{"'|>&*!%@`][^\n:]{30,}[^\n]*)(?:\n|$)/;

/** Files that are something else, or that a version control system left half merged. */
function notYaml(file: FileText, kind: FileKind): Located | undefined {
  const { name } = kind;
  const conflict = /^(?:<{7}|\|{7}|>{7}) .*$|^={7}$/m.exec(file.text);
  if (conflict && file.text.includes('<<<<<<<')) {
    return {
      range: [conflict.index, conflict.index + conflict[0].length],
      rule: 'merge-conflict',
      message: 'the file holds an unresolved merge conflict',
      hint: 'keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>',
    };
  }
  const front = kind.importable ? FRONT_MATTER.exec(file.text) : null;
  if (front) {
    const start = front[0].lastIndexOf(front[1] as string);
    return {
      range: [start, start + (front[1] as string).length],
      rule: 'not-a-story',
      message: 'this looks like Markdown with front matter, not a story',
      hint: IMPORT,
    };
  }
  const html = /^(?:[ \t]*(?:#.*)?\n)*([ \t]*<(?:!doctype|html|head|body|\?xml|article|div|p)\b.*)/i.exec(file.text);
  if (html?.[1]) {
    const start = html[0].length - html[1].length;
    return {
      range: [start, start + html[1].length],
      rule: 'not-a-story',
      message: `this looks like HTML, not ${name}`,
      hint: `${name} is YAML text; save the page’s words as one, not the page`,
    };
  }
  return undefined;
}

/**
 * Refuses text nested so deep that a recursive reader could exhaust the stack, before it is parsed.
 * Only text that could nest that deep is looked at closely.
 */
function tooDeep(file: FileText): Located | undefined {
  return deepFlow(file.text) ?? deepBlock(file.text);
}

function deepFinding(range: Range): Located {
  return {
    range,
    rule: 'too-deep',
    message: `nested more than ${MAX_DEPTH} levels deep`,
    hint: 'about eight levels are needed; delete the extra brackets or indentation',
  };
}

/** Flow collections, counted on the lexer's tokens so that brackets inside text do not count. */
function deepFlow(text: string): Located | undefined {
  const openers = text.match(/[[{]/g);
  if (!openers || openers.length <= MAX_DEPTH) return undefined;
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > MAX_DEPTH) return deepFinding([offset, offset + 1]);
    if (!LEXER_MARKS.has(token)) offset += token.length;
  }
  return undefined;
}

/** Tokens by which the lexer marks a document, a scalar or an error; they are not in the text. */
const LEXER_MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** Block collections: a line can only be that deep if its indentation and its `- ` and `? ` marks are that long. */
function deepBlock(text: string): Located | undefined {
  if (!/^[ \-?]{100}/m.test(text)) return undefined;
  const indents: number[] = [];
  for (const match of text.matchAll(/^(?:( *)((?:[-?] +)*)).*$/gm)) {
    const [line, spaces = '', marks = ''] = match;
    if (line.trim() === '') continue;
    while ((indents.at(-1) ?? -1) >= spaces.length) indents.pop();
    indents.push(spaces.length);
    const depth = indents.length + (marks.match(/[-?]/g)?.length ?? 0);
    if (depth > MAX_DEPTH) {
      const start = match.index + spaces.length;
      return deepFinding([start, start + 1]);
    }
  }
  return undefined;
}
