import { type ShapeRule, shapeRule, shapeRules } from '../shape-rules.js';
import type { Rule } from './rule.js';
import { rules } from './rules/index.js';

/** The names of all rules: those with a level in the order of their list, then those of shape by name. */
export const ruleNames: readonly string[] = [...rules.map(({ name }) => name), ...Object.keys(shapeRules).sort()];

/** What a rule finds, with an example, as Markdown: the name and the level first. Undefined where there is no such rule. */
export function explainRule(name: string): string | undefined {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule) return `\`${name}\` (${rule.level})\n\n${aboutRule(rule)}${example(rule)}`;
  const shape = shapeRule(name);
  return shape && `\`${name}\`\n\n${shape.description}${example(shape)}`;
}

function aboutRule({ description, fixed, options = {} }: Rule): string {
  const all = Object.entries(options).map(
    ([name, { description: what, value }]) => `\n\nOption \`${name}\`: ${what} (default: ${value}).`,
  );
  return `${description}${fixed ? ' It cannot be allowed.' : ''}${all.join('')}`;
}

function example({ bad, good }: Pick<ShapeRule, 'bad' | 'good'>): string {
  const block = (label: string, yaml?: string) =>
    yaml === undefined ? '' : `\n\n\`\`\`yaml\n# ${label}\n${withNames(yaml)}\n\`\`\``;
  return block('found', bad) + block('fine', good);
}

/** Characters that nobody sees, by their code points. */
const withNames = (text: string): string =>
  text.replace(
    /[\0-\x08\x0B-\x1F\x7F-\x9F\xA0\u202A-\u202E\u2066-\u2069\uFEFF]/g,
    (char) => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
