import { createInterface, type Interface } from 'node:readline';
import { Box, type BoxAnswer } from '../../tui/box.js';
import { choicesFor } from '../../tui/cite.js';
import { Form, type FormAnswer } from '../../tui/form.js';
import { type Entry, List, type ListAnswer } from '../../tui/list.js';
import { Outline, type OutlineAnswer } from '../../tui/outline.js';
import { Pager } from '../../tui/pager.js';
import type { Head, Prompt } from '../../tui/prompt.js';
import type { Asker } from './interview.js';
import { Stopped } from './runner.js';

export interface PlainOptions {
  input: NodeJS.ReadableStream;
  say: (text: string) => void;
  edit: (text: string) => string | undefined;
}

/**
 * Asks line by line: nothing is drawn twice and no key does anything but Enter, for screen readers, terminals that cannot move their
 * cursor, and logs.
 */
export class PlainRunner implements Asker {
  readonly #options: PlainOptions;
  readonly #reader: Interface;
  readonly #lines: string[] = [];
  readonly #answers: OutlineAnswer[] = [];
  #wake: () => void = () => {};
  #isOver = false;

  constructor(options: PlainOptions) {
    this.#options = options;
    this.#reader = createInterface({ input: options.input, terminal: false });
    this.#reader.on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    this.#reader.on('close', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  start(): void {
    this.#options.say(
      'Line by line. Enter keeps what is there, /back goes back, /done ends a part. Ctrl-C stops; what was typed is kept.',
    );
  }

  stop(): void {
    this.#reader.close();
  }

  edit(text: string): string | undefined {
    this.#reader.pause();
    const next = this.#options.edit(text);
    this.#reader.resume();
    return next;
  }

  async run<Answer>(prompt: Prompt<Answer>, onPause: () => void = () => {}): Promise<Answer> {
    try {
      return (await this.#ask(prompt)) as Answer;
    } finally {
      onPause();
    }
  }

  async choose(message: string, entries: readonly Entry[]): Promise<string | undefined> {
    const answer = await this.#list(new List({ head: { path: [message] }, entries, enter: 'choose' }));
    return answer.how === 'chosen' ? answer.value : undefined;
  }

  #ask(prompt: unknown): Promise<unknown> {
    if (prompt instanceof Form) return this.#form(prompt);
    if (prompt instanceof Box) return this.#box(prompt);
    if (prompt instanceof List) return this.#list(prompt);
    if (prompt instanceof Outline) return this.#outline(prompt);
    if (prompt instanceof Pager) this.#say(prompt.words);
    return Promise.resolve('back');
  }

  #say(text: string): void {
    this.#options.say(text);
  }

  #title({ path }: Head): string {
    return path.join(', ');
  }

  /** The next line that was typed. Throws Stopped. */
  async #line(question: string): Promise<string> {
    this.#say(question);
    while (this.#lines.length === 0) {
      if (this.#isOver) throw new Stopped(129);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return (this.#lines.shift() ?? '').trim();
  }

  async #form(form: Form): Promise<FormAnswer> {
    const { head, ends } = form.options;
    this.#say(`${this.#title(head)}.`);
    const asked: string[] = [];
    for (;;) {
      const field = form.lines.find(({ name, isMore }) => !asked.includes(name) && !isMore);
      if (!field) return { how: 'next', values: form.values };
      asked.push(field.name);
      const names =
        field.kind === 'pick' ? ` Choices: ${(field.choices ?? []).map(({ name }) => name).join(', ')}.` : '';
      const now = field.now === '' ? '' : ` Now: ${field.now}. Enter keeps it.`;
      const typed = await this.#line(`${field.label}. ${field.help}.${names}${now}`);
      if (typed === '/back' && asked.length === 1) return { how: 'back', values: form.values };
      if (typed === '/back') {
        asked.splice(-2);
        continue;
      }
      if (typed === '/done') return { how: 'done', values: form.values };
      if (typed === '' && field.name === ends && field.now === '') return { how: 'done', values: form.values };
      if (typed === '?' && field.choices) {
        for (const { name, more = '' } of field.choices) this.#say(`${name}${more ? `, ${more}` : ''}`);
        asked.pop();
        continue;
      }
      if (typed === '') continue;
      const { shown, problem, fix, settled } = form.put(field.name, typed);
      if (problem !== undefined) {
        this.#say(`${problem}.`);
        if (fix && /^y/i.test(await this.#line(`${fix.label}? Type yes or no.`))) form.put(field.name, fix.value);
      } else if (shown !== undefined) this.#say(`${field.label} is ${shown}.`);
      if (settled?.why) this.#say(`${settled.why}.`);
    }
  }

  async #box(box: Box): Promise<BoxAnswer> {
    const { head, help, sources, check } = box.options;
    const text = box.text();
    this.#say(
      `${this.#title(head)}. ${help} End with a line that holds one full stop. ? lists the sources, /editor opens your editor.`,
    );
    if (text.value !== '')
      this.#say(`So far:\n${text.value}\n/change OLD => NEW changes words; what you type is added.`);
    for (;;) {
      const line = await this.#line('>');
      const [, old, next = ''] = /^\/change (.+?) => ?(.*)$/.exec(line) ?? [];
      if (line === '.' || line === '/done') break;
      if (line === '/back') return { how: 'back', value: text.value };
      if (line === '?') for (const { value, name } of sources()) this.#say(`[@${value}] is ${name}.`);
      else if (line === '/editor') {
        const edited = this.edit(text.value);
        if (edited === undefined) this.#say('No editor found; you can go on here.');
        else text.set(edited);
      } else if (old !== undefined) {
        if (text.value.includes(old)) text.set(text.value.replace(old, () => next));
        else this.#say(`“${old}” is not in the text.`);
      } else text.set(`${text.value}${text.value === '' ? '' : '\n'}${line}`);
    }
    const { problem, fix } = check?.(text.value) ?? {};
    if (problem !== undefined) {
      this.#say(`${problem}`);
      if (fix && /^y/i.test(await this.#line('Type yes or no.'))) text.set(fix.text);
    }
    return { how: 'done', value: text.value };
  }

  async #list({ options }: List): Promise<ListAnswer> {
    const { head, entries, done, start } = options;
    this.#say(`${this.#title(head)}`);
    entries.forEach(({ name, more = '', mark }, i) => {
      this.#say(`${i + 1}. ${name}${more ? `, ${more}` : ''}${mark === 'done' ? ', used' : ''}`);
    });
    const suggested = entries.find(({ value }) => value === start);
    for (;;) {
      const typed = await this.#line(
        `Type a number or a name${suggested ? `, Enter for ${suggested.name}` : ''}${done ? `, /done: ${done}` : ''}.`,
      );
      if (typed === '/back') return { how: 'back' };
      if (typed === '/done' && done !== undefined) return { how: 'done' };
      const named = choicesFor(
        typed,
        entries.map(({ value, name }) => ({ value, name })),
      )[0]?.value;
      const value = typed === '' ? start : (entries[Number(typed) - 1]?.value ?? named);
      if (value !== undefined) return { how: 'chosen', value };
      this.#say('There is nothing of that name.');
    }
  }

  async #outline({ options }: Outline): Promise<OutlineAnswer> {
    const waiting = this.#answers.shift();
    if (waiting) return waiting;
    const { head, items, said } = options;
    this.#say(`${this.#title(head)}${head.aside ? `. ${head.aside}` : ''}`);
    if (said !== undefined) this.#say(said.replace('Ctrl-Z', '“undo”'));
    items.forEach(({ name, more = '', trouble }, i) => {
      this.#say(
        `${i + 1}. ${name}${more ? `, ${more.split('\n')[0]}` : ''}${trouble ? `. ${trouble.severity}: ${trouble.text}` : ''}`,
      );
    });
    for (;;) {
      const typed = await this.#line(
        'Type open, move 5 to 2, delete, fix or show with a number; undo, preview, save or leave.',
      );
      const answer = this.#command(typed, options.items);
      if (answer) return answer;
      this.#say('I do not know that. Try: open 3');
    }
  }

  #command(typed: string, items: Outline['options']['items']): OutlineAnswer | undefined {
    const [, word = '', first = '', second = ''] = /^([a-z]*) ?(\d*)(?: to (\d+))?$/.exec(typed.toLowerCase()) ?? [];
    const item = items[Number(first) - 1];
    const byName = items.find(({ id }) => id === (word === 'fix' ? 'fix' : word));
    switch (word) {
      case 'undo':
      case 'redo':
        return { how: word as 'undo' };
      case 'leave':
        return { how: 'back' };
      case '':
      case 'open':
        return item && { how: 'open', id: item.id };
      case 'show':
        return item && { how: item.entries === 'open' ? 'fold' : 'unfold', id: item.id };
      case 'delete':
        return item?.isMovable ? { how: 'delete', id: item.id } : undefined;
      case 'fix':
        return item ? { how: 'fix', id: item.id } : byName && { how: 'open', id: byName.id };
      case 'move':
        return item?.isMovable ? this.#moves(item.id, Number(second) - 1, items) : undefined;
      default:
        return byName && { how: 'open', id: byName.id };
    }
  }

  /** One step of a move now, and the others after it. */
  #moves(id: string, to: number, items: Outline['options']['items']): OutlineAnswer | undefined {
    const target = items[to]?.isMovable ? items[to]?.id : undefined;
    const list = id.slice(0, id.lastIndexOf('.'));
    if (target === undefined || target.slice(0, target.lastIndexOf('.')) !== list || target === id) return undefined;
    const [start, end] = [id, target].map((path) => Number(path.slice(list.length + 1))) as [number, number];
    const step = end > start ? 1 : -1;
    for (let at = start; at !== end; at += step) this.#answers.push({ how: 'move', id: `${list}.${at}`, step });
    return this.#answers.shift();
  }
}
