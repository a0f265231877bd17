import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { editionSchema } from '../src/edition/schema.js';
import { jsonSchemaOf } from '../src/schema/json-schema.js';
import { kinds } from '../src/sections/index.js';
import { jsonSchema } from '../src/story/json-schema.js';
import { nutgraf, ROOT, soundStories } from './support.js';

const PUBLISHED = join(ROOT, 'docs', 'story.schema.json');
const formats = [
  { name: 'story', args: [], schema: jsonSchema() },
  { name: 'edition', args: ['--edition'], schema: jsonSchemaOf(editionSchema) },
];

describe('the JSON Schema', () => {
  it.each(formats)('of a $name is what the command prints and what docs/ holds', async ({ name, args, schema }) => {
    const { out } = nutgraf(['schema', ...args]);
    expect(JSON.parse(out)).toEqual(schema);
    await expect(out).toMatchFileSnapshot(join(ROOT, 'docs', `${name}.schema.json`));
  });

  it.each(formats)('of a $name is draft 7, and explains every field', ({ schema }) => {
    expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    const unexplained: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (node === null || typeof node !== 'object') return;
      const { properties } = node as { properties?: Record<string, { title?: string; description?: string }> };
      for (const [name, field] of Object.entries(properties ?? {})) {
        if (!field.title || !field.description) unexplained.push(`${path}/${name}`);
      }
      for (const [name, child] of Object.entries(node)) visit(child, `${path}/${name}`);
    };
    visit(schema, '');
    expect(unexplained).toEqual([]);
  });

  it('accepts the stories that check accepts, and refuses unknown fields and kinds', () => {
    const validate = new Ajv({ strict: false, unicodeRegExp: true }).compile(jsonSchema());
    for (const { name, bytes } of soundStories()) {
      expect(
        validate(parseAllDocuments(bytes.toString('utf8'))[0]?.toJS()),
        `${name}: ${JSON.stringify(validate.errors?.[0])}`,
      ).toBe(true);
    }
    const section = { kind: 'text', text: 'x' };
    expect(validate({ headline: 'x', sections: [section] })).toBe(true);
    expect(validate({ headlin: 'x', sections: [section] })).toBe(false);
    expect(validate({ headline: 'x', sections: [{ kind: 'txt', text: 'x' }] })).toBe(false);
    expect(validate({ headline: 'x' })).toBe(false);
  });

  it('accepts the example edition, and refuses unknown fields', () => {
    const validate = new Ajv({ strict: false, unicodeRegExp: true }).compile(jsonSchemaOf(editionSchema));
    const text = readFileSync(join(ROOT, 'stories', 'ellery-morning.edition.yaml'), 'utf8');
    expect(validate(parseAllDocuments(text)[0]?.toJS()), JSON.stringify(validate.errors?.[0])).toBe(true);
    expect(validate(parseAllDocuments(text.replace('intro:', 'introo:'))[0]?.toJS())).toBe(false);
  });
});

/** The YAML language server that editors run, spoken to over its own protocol. */
class Editor {
  readonly #server = spawn(process.execPath, [
    join(
      createRequire(import.meta.url).resolve('yaml-language-server/package.json'),
      '..',
      'bin',
      'yaml-language-server',
    ),
    '--stdio',
  ]);
  readonly #waiting = new Map<number | string, (message: never) => void>();
  #buffer = Buffer.alloc(0);
  #id = 0;

  constructor() {
    this.#server.stdout.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      for (;;) {
        const head = this.#buffer.indexOf('\r\n\r\n');
        const length = Number(
          /Content-Length: (\d+)/.exec(this.#buffer.subarray(0, Math.max(0, head)).toString())?.[1] ?? -1,
        );
        if (head < 0 || this.#buffer.length < head + 4 + length) return;
        const message = JSON.parse(this.#buffer.subarray(head + 4, head + 4 + length).toString());
        this.#buffer = this.#buffer.subarray(head + 4 + length);
        if (message.method && message.id !== undefined)
          this.#send({
            id: message.id,
            result: message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null,
          });
        this.#waiting.get(message.method ?? message.id)?.(message as never);
      }
    });
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  request<T>(method: string, params: object): Promise<T> {
    const id = ++this.#id;
    const answer = new Promise<T>((done) => this.#waiting.set(id, ({ result }: { result: T }) => done(result)));
    this.#send({ id, method, params });
    return answer;
  }

  next<T>(method: string): Promise<T> {
    return new Promise((done) => this.#waiting.set(method, ({ params }: { params: T }) => done(params)));
  }

  /** Opens a text, and gives what the server finds wrong with it. */
  async open(uri: string, text: string): Promise<string[]> {
    const published = this.next<{ diagnostics: { message: string }[] }>('textDocument/publishDiagnostics');
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return (await published).diagnostics.map(({ message }) => message);
  }

  close(): void {
    this.#server.kill();
  }
}

describe('in an editor', () => {
  it('the language server completes, explains and checks a story by the schema that its first line names', async () => {
    const editor = new Editor();
    try {
      await editor.request('initialize', {
        processId: null,
        rootUri: null,
        capabilities: { textDocument: { completion: {}, hover: {} } },
      });
      editor.notify('initialized', {});
      const modeline = `# yaml-language-server: $schema=${pathToFileURL(PUBLISHED)}\n`;
      const open = (name: string, body: string) => editor.open(`file:///${name}.story.yaml`, modeline + body);
      const at = (name: string, line: number, character: number) => ({
        textDocument: { uri: `file:///${name}.story.yaml` },
        position: { line, character },
      });

      expect(
        await open(
          'good',
          readFileSync(join(ROOT, 'stories', 'harbour-ferry.story.yaml'), 'utf8').replace(/^#.*\n/, ''),
        ),
      ).toEqual([]);
      expect((await open('bad', 'headlin: x\nsections:\n  - kind: text\n    text: x\n')).join()).toContain('headlin');

      await open('fields', 'headline: x\nsections:\n  - kind: text\n    text: x\nde\n');
      const fields = await editor.request<{ items: { label: string }[] }>(
        'textDocument/completion',
        at('fields', 5, 2),
      );
      expect(fields.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['dek', 'dateline']));

      await open('kinds', 'headline: x\nsections:\n  - kind: \n');
      const offered = await editor.request<{ items: { label: string }[] }>(
        'textDocument/completion',
        at('kinds', 3, 10),
      );
      expect(offered.items.map(({ label }) => label)).toEqual(
        expect.arrayContaining(kinds.map(({ kind }) => kind as string)),
      );

      await open('hover', 'headline: x\ndek: y\nsections:\n  - kind: text\n    text: x\n');
      const hover = await editor.request<{ contents: { value: string } }>('textDocument/hover', at('hover', 2, 1));
      expect(hover.contents.value).toContain('One or two sentences below the headline');
    } finally {
      editor.close();
    }
  });
});
