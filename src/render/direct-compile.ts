import Handlebars from 'handlebars';
import { compileOptions } from './compile.js';

/** Handlebars' syntax tree, as far as our templates use it. Its own types leave out most of these fields. */
interface Node {
  type: string;
  value: unknown;
  original: string;
  data: boolean;
  depth: number;
  parts: string[];
  body: Node[];
  path: Node;
  name: Node;
  params: Node[];
  hash?: unknown;
  blockParams?: unknown;
  program?: Node;
  inverse?: Node;
}

/** Where a statement stands: how many views are around it, and the variable that `@first` is there. */
interface Scope {
  depth: number;
  first?: string;
}

/**
 * A template of ours as the source of a JavaScript function, with the meaning that Handlebars gives it by `compileOptions`:
 * see `direct.ts` for what it is called with. Throws for a template that uses more of Handlebars than ours do.
 */
export function compileDirect(name: string, text: string): string {
  try {
    const whole = Handlebars.parse(text) as unknown as Node;
    return `(v0, root, part, h) => ${program(whole, { depth: 0 })}`;
  } catch (error) {
    throw new Error(`templates/${name}.hbs: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unknown = (what: string): never => {
  throw new Error(`${what} is more of Handlebars than render/direct-compile.ts knows`);
};

/** An expression for the text of a program. */
function program({ body }: Node, scope: Scope): string {
  const parts = body.map((node) => statement(node, scope)).filter((part) => part !== EMPTY);
  return parts.length > 1 ? `(${parts.join(' + ')})` : (parts[0] ?? EMPTY);
}

const EMPTY = "''";

function statement(node: Node, scope: Scope): string {
  switch (node.type) {
    case 'ContentStatement':
      return node.value === '' ? EMPTY : JSON.stringify(node.value);
    case 'CommentStatement':
      return EMPTY;
    case 'MustacheStatement':
      return `h.text(${node.params.length > 0 || isHelper(node.path) ? call(node, scope) : path(node.path, scope, 'must')})`;
    case 'PartialStatement': {
      if (node.params.length > 0 || node.hash) unknown('a partial with values');
      const { name } = node;
      return `part(${name.type === 'SubExpression' ? call(name, scope) : JSON.stringify(name.original)}, v${scope.depth}, root)`;
    }
    case 'BlockStatement':
      return block(node, scope);
    default:
      return unknown(node.type);
  }
}

function block({ path: name, params, hash, program: yes, inverse: no }: Node, scope: Scope): string {
  const [param] = params;
  if (!param || params.length > 1 || hash || yes?.blockParams || no?.blockParams) return unknown(`#${name.original}`);
  const given = value(param, scope);
  const below = { depth: scope.depth + 1, first: `first${scope.depth + 1}` };
  const view = `v${below.depth}`;
  const otherwise = no ? program(no, scope) : EMPTY;
  const then = (at: Scope) => (yes ? program(yes, at) : EMPTY);
  switch (name.original) {
    case 'if':
      return `(h.is(${given}) ? ${then(scope)} : ${otherwise})`;
    case 'unless':
      return `(h.is(${given}) ? ${otherwise} : ${then(scope)})`;
    case 'with':
      return `h.with(${given}, (${view}) => ${then({ ...scope, depth: below.depth })}, () => ${otherwise})`;
    case 'each':
      return `h.each(${given}, (${view}, ${below.first}) => ${then(below)}, () => ${otherwise})`;
    default:
      return unknown(`#${name.original}`);
  }
}

const isHelper = ({ original }: Node) => Object.hasOwn(compileOptions.knownHelpers ?? {}, original);

function call({ path: name, params, hash }: Node, scope: Scope): string {
  if (hash) unknown(`${name.original} with named values`);
  const values = params.map((param) => value(param, scope));
  if (name.original === 'lookup') return `h.get(${values.join(', ')})`;
  return `h.helpers[${JSON.stringify(name.original)}](${[...values, 'h.options'].join(', ')})`;
}

function value(node: Node, scope: Scope): string {
  switch (node.type) {
    case 'SubExpression':
      return call(node, scope);
    case 'PathExpression':
      return path(node, scope, 'get');
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral':
      return JSON.stringify(node.value);
    default:
      return unknown(node.type);
  }
}

/** The value at a path. Only the last step of one that is printed `must` be there. */
function path({ data, depth: up, parts, original }: Node, { depth, first }: Scope, last: 'get' | 'must'): string {
  if (data && original === '@first' && first) return first;
  if ((data && (parts[0] !== 'root' || up > 0)) || up > depth) return unknown(original);
  const [from, names] = data ? ['root', parts.slice(1)] : [`v${depth - up}`, parts];
  return names.reduce(
    (at, name, i) => `h.${i === names.length - 1 ? last : 'get'}(${at}, ${JSON.stringify(name)})`,
    from as string,
  );
}
