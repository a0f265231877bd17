import type { Element, ElementContent, Nodes, Root } from 'hast';
import type * as mdast from 'mdast';
import { quotationMarks } from '../languages/quotation-marks.js';
import { wordsFor } from '../languages/words.js';
import { unquoted } from '../prose/quotation.js';
import type { Block } from '../prose/tree.js';
import { writeProse } from '../prose/write.js';
import { isLanguage } from '../schema/fields.js';
import { kinds } from '../sections/index.js';
import { classesOf, elements, isElement, mapElements, textNode, textOf } from './hast.js';
import { byShape } from './kinds.js';
import type { Manuscript, ManuscriptField, Note } from './manuscript.js';
import { blocksOf, type References } from './mdast.js';

type Value = Record<string, unknown>;

/** A page of ours, with its sections as they were. */
export interface OwnPage extends Manuscript {
  sections: Value[];
}

type ToNodes = (tree: Root, note: (note: Note) => void) => mdast.RootContent[];

/** The article of a page or fragment that this program made, by the names that its templates give to parts. */
export function ownArticle(tree: Root): Element | undefined {
  const article = [...elements(tree)].find((node) => node.tagName === 'article' && classesOf(node).includes('brief'));
  if (!article?.children.some((child) => isElement(child, /^header$/))) return undefined;
  const sections = [...elements(article)].filter(
    (node) => node.tagName === 'section' && classesOf(node).includes('section'),
  );
  return sections.length > 0 && sections.every((node) => kindIn(node) !== undefined) ? article : undefined;
}

const KINDS: ReadonlySet<string> = new Set(kinds.map(({ kind }) => kind));

/** The kind that a section's classes name. */
const kindIn = (node: Element): string | undefined => classesOf(node).find((name) => KINDS.has(name));

/** An attribute that is there and not empty. */
function attribute(node: Element | undefined, name: string): string | undefined {
  const value = node?.properties[name];
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** The address of a link as a field. */
function urlOf(link: Element | undefined): { url?: string } {
  const url = attribute(link, 'href');
  return url === undefined ? {} : { url };
}

/** Reads a page of ours back into the story that it was made of. `toNodes` makes Markdown nodes of a part of a page. */
export function readOwnPage(article: Element, toNodes: ToNodes): OwnPage {
  return new Reader(article, toNodes).read();
}

/** Elements and classes whose words are made of fields. */
const FURNITURE = new Set([
  'mark',
  'byline',
  'meta',
  'series',
  'genre',
  'nature',
  'label',
  'when',
  'positions',
  'figcaption',
  'foot',
  'corrections',
  'about',
]);

class Reader {
  readonly #article: Element;
  readonly #toNodes: ToNodes;
  readonly #notes: Note[] = [];
  readonly #lang: string;

  constructor(article: Element, toNodes: ToNodes) {
    const lang = attribute(article, 'lang') ?? 'en';
    this.#lang = isLanguage(lang) ? lang : 'en';
    this.#toNodes = toNodes;
    const marks = [...elements(article)].filter(
      (element) => element.tagName === 'sup' && classesOf(element).includes('cite'),
    );
    if (marks.length > 0)
      this.#notes.push({
        kind: 'changed',
        message: 'the numbers of sources are citations',
        text: marks.map(textOf).join(' '),
      });
    this.#article = mapElements(article, (node) => this.#cited(node));
  }

  read(): OwnPage {
    const sources = this.#sources();
    const sections = this.#children(this.#article, 'section', 'section').map((element) => this.#section(element, 2));
    const fields = this.#fields();
    const about = [...elements(this.#article)].filter(
      (element) => FURNITURE.has(element.tagName) || classesOf(element).some((name) => FURNITURE.has(name)),
    );
    this.#notes.push({
      kind: 'took',
      message: 'words that our pages print around a story are left out',
      text: about.map((element) => textOf(element)).join(' '),
    });
    const parts = sections.map((_, i) => ({ type: 'heading' as const, text: `\0${i}`, line: 1 }));
    return { fields, parts, sources, notes: this.#notes, sections };
  }

  /** The marks of citations as a story's prose has them. */
  #cited(node: Element): ElementContent[] {
    if (node.tagName !== 'sup' || !classesOf(node).includes('cite')) return [node];
    const ids = [...elements(node)].flatMap(
      ({ properties }) => /^#source-(.+)$/.exec(String(properties['href'] ?? ''))?.[1] ?? [],
    );
    return [textNode(`[${ids.map((id) => `@${id}`).join('; ')}]`)];
  }

  #children(node: Element, tag: string, name?: string): Element[] {
    return node.children.filter(
      (child): child is Element =>
        isElement(child) && child.tagName === tag && (!name || classesOf(child).includes(name)),
    );
  }

  #first(node: Element, name: string): Element | undefined {
    return [...elements(node)].find((element) => classesOf(element).includes(name));
  }

  #text(node: Element | undefined): string | undefined {
    const text = node ? textOf(node).replace(/\s+/g, ' ').trim() : '';
    return text === '' ? undefined : text;
  }

  #time(node: Element | undefined): string | undefined {
    const time = node && [...elements(node)].find(({ tagName }) => tagName === 'time');
    return attribute(time, 'dateTime');
  }

  /** Blocks of HTML as prose, citations included. */
  #blocks(nodes: readonly Nodes[]): Block[] {
    const note = (entry: Note) => void this.#notes.push(entry);
    const refs: References = { definitions: new Map(), footnotes: new Map(), html: () => [], note, ownCitations: true };
    return blocksOf(this.#toNodes({ type: 'root', children: nodes as Root['children'] }, note), refs);
  }

  #prose(nodes: readonly Nodes[]): string | undefined {
    const blocks = this.#blocks(nodes);
    return blocks.length > 0 ? `${writeProse(blocks)}\n` : undefined;
  }

  #quote(node: Element | undefined): string | undefined {
    if (!node) return undefined;
    return `${writeProse(unquoted(this.#blocks(node.children), quotationMarks(this.#lang)))}\n`;
  }

  #fields(): ManuscriptField[] {
    const [header] = this.#children(this.#article, 'header');
    const [about] = this.#children(this.#article, 'aside', 'about');
    const [footer] = this.#children(this.#article, 'footer', 'foot');
    const { words } = wordsFor(this.#lang);
    const put: [string, unknown][] = [['lang', this.#lang === 'en' ? undefined : this.#lang]];
    if (header) {
      const [h1] = this.#children(header, 'h1');
      const natures = Object.entries(words.natures);
      const meta = this.#first(header, 'meta');
      const times = meta
        ? meta.children.filter((child): child is Element => isElement(child) && /^(?:span|div)$/.test(child.tagName))
        : [];
      const dated = (label: string) => this.#time(times.find((time) => textOf(time).trim().startsWith(label)));
      const series = this.#text(this.#first(header, 'series'));
      put.push(
        ['headline', this.#text(h1)],
        ['kicker', this.#text(this.#first(header, 'kicker'))],
        ['genre', natures.find(([, word]) => word === this.#text(this.#first(header, 'genre')))?.[0]],
        ['dek', this.#text(this.#first(header, 'dek'))],
        ['byline', this.#byline(this.#first(header, 'byline'))],
        ['dateline', this.#text(this.#first(header, 'dateline'))],
        ['published', dated(words.published)],
        ['updated', dated(words.updated)],
        [
          'series',
          series?.startsWith(words.series) ? series.slice(words.series.length).replace(/^\s*[:：]\s*/, '') : series,
        ],
        ['image', this.#image(this.#children(header, 'figure')[0])],
      );
      if (this.#first(header, 'mark')) put.push(['status', 'draft']);
    }
    put.push(['corrections', this.#corrections()]);
    for (const [name, heading] of about
      ? ([
          ['disclosure', words.disclosure],
          ['backstory', words.backstory],
        ] as const)
      : [])
      put.push([name, this.#below(about as Element, heading)]);
    const last = about ? this.#text(this.#children(about, 'p').at(-1)) : undefined;
    put.push(['made_with', Object.entries(words.madeWith).find(([, word]) => word === last)?.[0]]);
    if (footer) {
      const tags = this.#first(footer, 'tags');
      const spans = tags ? this.#children(tags, 'span').map((element) => this.#text(element)) : [];
      const links = [...elements(this.#first(footer, 'translations') ?? footer)].filter(
        (element) => element.properties['hrefLang'] && element.properties['lang'],
      );
      put.push(['tags', spans.length > 0 ? spans : undefined]);
      const named = links.map(({ properties }) => [
        String(properties['lang']),
        String(properties['href']).replace(/\.[a-z.]+$/, ''),
      ]);
      put.push(['translations', links.length > 0 ? Object.fromEntries(named) : undefined]);
    }
    return put.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, line: 1 }]));
  }

  /** What stands below a heading of the box about the story. */
  #below(about: Element, heading: string): string | undefined {
    const at = about.children.findIndex(
      (child) => isElement(child) && child.tagName === 'h2' && textOf(child).trim() === heading,
    );
    if (at < 0) return undefined;
    const { madeWith } = wordsFor(this.#lang).words;
    const after = about.children.slice(at + 1);
    const end = after.findIndex(
      (child) => isElement(child) && (child.tagName === 'h2' || Object.values(madeWith).includes(textOf(child).trim())),
    );
    return this.#prose(end < 0 ? after : after.slice(0, end));
  }

  #byline(node: Element | undefined): unknown {
    if (!node) return undefined;
    const authors = [...elements(node)]
      .filter((element) => classesOf(element).includes('author'))
      .map((author): unknown => {
        const role = this.#text(this.#first(author, 'role'))?.replace(/^\(|\)$/g, '');
        const link = [...elements(author)].find(({ tagName }) => tagName === 'a');
        const name = (this.#text(author) ?? '').replace(role === undefined ? '' : `(${role})`, '').trim();
        const url = urlOf(link);
        return role === undefined && url.url === undefined
          ? name
          : { name, ...(role === undefined ? {} : { role }), ...url };
      });
    return authors.length === 1 && typeof authors[0] === 'string' ? authors[0] : authors;
  }

  #image(figure: Element | undefined): Value | undefined {
    const image = figure && [...elements(figure)].find(({ tagName }) => tagName === 'img');
    const src = attribute(image, 'src');
    if (!figure || !image || src === undefined) return undefined;
    const { words } = wordsFor(this.#lang);
    const link = [...elements(figure)].find(({ tagName }) => tagName === 'a');
    const credit = this.#text(this.#first(figure, 'credit'));
    const caption = this.#text([...elements(figure)].find(({ tagName }) => tagName === 'figcaption'));
    const bare =
      credit === undefined
        ? caption
        : caption
            ?.replace(credit, '')
            .replace(/\s*\(\s*\)$/, '')
            .trim();
    const by = credit?.startsWith(words.credit)
      ? credit.slice(words.credit.length).replace(/^\s*[:：]\s*/, '')
      : credit;
    const alt = attribute(image, 'alt');
    const target = attribute(link, 'href');
    return {
      src,
      ...(alt ? { alt } : {}),
      ...(bare ? { caption: bare } : {}),
      ...(target ? { link: target } : {}),
      ...(by ? { credit: by } : {}),
    };
  }

  #corrections(): unknown {
    const { words } = wordsFor(this.#lang);
    const all = [...elements(this.#article)].filter(
      (element) => element.tagName === 'div' && classesOf(element).includes('correction'),
    );
    const made = all.map((node) => {
      const label = this.#first(node, 'label');
      const printed = (label && this.#text(label)) ?? '';
      const [, section] = /\(([^()]+)\)$/.exec(printed) ?? [];
      const marked = (tag: string) => this.#text([...elements(node)].find(({ tagName }) => tagName === tag));
      const text = node.children.filter(
        (child) =>
          child !== label &&
          !(isElement(child) && [...elements(child)].some(({ tagName }) => /^(?:del|ins)$/.test(tagName))),
      );
      const [was, now] = [marked('del'), marked('ins')];
      return {
        date: this.#time(label),
        text: this.#prose(text)?.trimEnd(),
        ...(printed.startsWith(words.clarification) ? { kind: 'clarification' } : {}),
        ...(section ? { section } : {}),
        ...(was ? { was } : {}),
        ...(now ? { now } : {}),
      };
    });
    return made.length > 0 ? made : undefined;
  }

  #sources(): Record<string, string>[] {
    const { words } = wordsFor(this.#lang);
    const list = [...elements(this.#article)].filter(
      (element) => element.tagName === 'li' && /^source-/.test(String(element.properties['id'] ?? '')),
    );
    const made = list.map((node) => {
      const all = [...elements(node)];
      const links = all.filter(
        (element) => element.tagName === 'a' && /^https?:/i.test(String(element.properties['href'] ?? '')),
      );
      const archive = links.find((link) => textOf(link).trim() === words.archive);
      const main = links.find((link) => link !== archive);
      const titled =
        main && !classesOf(main).includes('address')
          ? main
          : this.#children(node, 'span').find(
              (element) =>
                !classesOf(element).includes('back') &&
                element.children.some((child) => isElement(child) && child.tagName === 'bdi'),
            );
      const names = node.children.filter((child): child is Element => isElement(child) && child.tagName === 'bdi');
      const text = textOf(node);
      const via = names.find((name) => text.includes(`(${words.via} ${textOf(name)}`));
      const author = names.find((name) => name !== via);
      const times = node.children.filter((child): child is Element => isElement(child) && child.tagName === 'time');
      const accessed = times.find((time) => text.includes(`${words.accessed} ${textOf(time)}`));
      const published = times.find((time) => time !== accessed);
      const lang = String(main?.properties['hrefLang'] ?? titled?.properties['lang'] ?? '');
      const source = {
        id: String(node.properties['id']).slice('source-'.length),
        outlet: this.#text(this.#children(node, 'cite')[0]),
        title: this.#text(titled),
        url: attribute(main, 'href'),
        author: this.#text(author),
        published: attribute(published, 'dateTime'),
        accessed: attribute(accessed, 'dateTime'),
        archive: attribute(archive, 'href'),
        via: this.#text(via),
        paywall: text.includes(`${words.comma}${words.paywall}`) ? true : undefined,
        lang: lang || undefined,
      };
      return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >;
    });
    return made;
  }

  #section(node: Element, level: number): Value {
    const kind = kindIn(node) ?? 'text';
    const { words } = wordsFor(this.#lang);
    const heading = this.#text(this.#children(node, `h${level}`)[0]);
    const nature = this.#children(node, 'p', 'nature')[0];
    const id = /^s-(.+)$/.exec(String(node.properties['id'] ?? ''))?.[1];
    const figure = this.#children(node, 'figure').find((element) => !classesOf(element).includes('quote'));
    const kindFields = this.fieldsOf(kind, node, level);
    const skip = new Set<Nodes>([...kindFields.nodes, ...(figure ? [figure] : []), ...(nature ? [nature] : [])]);
    const rest = node.children.filter(
      (child) => !skip.has(child) && !(isElement(child) && child.tagName === `h${level}`),
    );
    const text = this.#prose(rest);
    const natureName = Object.entries(words.natures).find(([, word]) => word === this.#text(nature))?.[0];
    return {
      kind,
      ...(heading === undefined || heading === words.headings[kind] ? {} : { heading }),
      ...(id ? { id } : {}),
      ...(natureName ? { nature: natureName } : {}),
      ...(text === undefined ? {} : { text }),
      ...(figure ? { image: this.#image(figure) } : {}),
      ...kindFields.fields,
    };
  }

  /** The fields of a kind's own, and the nodes that they were read from. */
  fieldsOf(kind: string, node: Element, level: number): { fields: Value; nodes: Nodes[] } {
    const lists = node.children.filter((child): child is Element => isElement(child) && /^[uo]l$/.test(child.tagName));
    const list = lists.at(-1);
    const items = (read: (item: Element) => unknown) => ({
      fields: list
        ? {
            items: this.#children(list, 'li')
              .map(read)
              .filter((item) => item !== undefined),
          }
        : {},
      nodes: list ? [list] : [],
    });
    switch (kind) {
      case 'group': {
        const inner = this.#children(node, 'section', 'section');
        return { fields: { sections: inner.map((element) => this.#section(element, level + 1)) }, nodes: inner };
      }
      case 'coverage': {
        const outlets = this.#children(node, 'div', 'outlet');
        const tables = this.#children(node, 'table', 'positions');
        const fields = {
          ...(tables.length > 0 ? { matrix: true } : {}),
          items: outlets.map((element) => this.#outlet(element)),
        };
        return { fields: outlets.length > 0 ? fields : {}, nodes: [...outlets, ...tables] };
      }
      case 'quotes': {
        const figures = this.#children(node, 'figure', 'quote');
        return { fields: { items: figures.map((element) => this.#quotation(element)) }, nodes: figures };
      }
      case 'questions': {
        const asked = this.#children(node, 'div', 'question');
        const question = (item: Element) => {
          const heading = item.children.find(
            (child): child is Element => isElement(child) && /^h\d$/.test(child.tagName),
          );
          const { nodes, url } = this.#address(item);
          return {
            question: this.#text(heading),
            answer: this.#prose(item.children.filter((child) => child !== heading && !nodes.includes(child))),
            ...url,
          };
        };
        return { fields: { items: asked.map(question) }, nodes: asked };
      }
      case 'timeline':
      case 'next':
      case 'updates':
        return items((item) => {
          const when = this.#children(item, 'p', 'when')[0];
          const date = this.#time(when) ?? this.#text(when);
          const name = kind === 'updates' ? 'at' : 'date';
          return {
            ...(date === undefined ? {} : { [name]: date }),
            text: this.#prose(item.children.filter((child) => child !== when))?.trimEnd(),
          };
        });
      case 'figures':
        return items((item) => {
          const [figure] = this.#children(item, 'p', 'figure');
          const [label] = this.#children(item, 'p', 'label');
          const source = label && idIn(textOf(label));
          const rest = item.children.filter((child) => child !== figure && child !== label);
          return { figure: this.#text(figure), text: this.#prose(rest)?.trimEnd(), ...(source ? { source } : {}) };
        });
      case 'topics':
        return items((item) => {
          const [named] = this.#children(item, 'p', 'name');
          const link = named && [...elements(named)].find(({ tagName }) => tagName === 'a');
          const { nodes, url } = named ? { nodes: [] as Nodes[], url: urlOf(link) } : this.#address(item);
          const text = this.#prose(item.children.filter((child) => child !== named && !nodes.includes(child)));
          return { ...(named ? { name: this.#text(named) } : {}), ...url, ...(text === undefined ? {} : { text }) };
        });
      case 'links':
        return items((item) => {
          const [first] = this.#children(item, 'p');
          const link = first && [...elements(first)].find(({ tagName }) => tagName === 'a');
          const outlet = first && this.#text([...elements(first)].find(({ tagName }) => tagName === 'cite'));
          const note = this.#prose(item.children.filter((child) => child !== first))?.trimEnd();
          return {
            title: this.#text(link),
            url: attribute(link, 'href') ?? '',
            ...(outlet ? { outlet } : {}),
            ...(note ? { note } : {}),
          };
        });
      case 'briefs':
        return items((item) => this.#brief(item));
      case 'key-points':
      case 'unknowns':
        return items((item) => this.#prose(item.children)?.trimEnd());
      default: {
        // A kind that the default template prints.
        const body = list ? this.#blocks([list]).map((block) => ({ type: 'block' as const, block, line: 1 })) : [];
        const entries = body.length === 1 ? byShape(kind)(body)?.['items'] : undefined;
        return entries === undefined
          ? { fields: {}, nodes: [] }
          : { fields: { items: entries }, nodes: list ? [list] : [] };
      }
    }
  }

  #brief(item: Element): Value {
    const [named] = this.#children(item, 'p', 'name');
    const inner = this.#children(item, 'ul').at(-1);
    const isInner = inner !== undefined && item.children.findLast((child) => isElement(child)) === inner;
    const text = this.#prose(item.children.filter((child) => child !== named && !(isInner && child === inner)));
    return {
      ...(named ? { heading: this.#text(named) } : {}),
      ...(text === undefined ? {} : { text }),
      ...(isInner ? { items: this.#children(inner, 'li').map((element) => this.#brief(element)) } : {}),
    };
  }

  #outlet(node: Element): Value {
    const { words } = wordsFor(this.#lang);
    const [label] = this.#children(node, 'p', 'label');
    const [quote] = this.#children(node, 'blockquote');
    const position = this.#text(this.#first(node, 'position'));
    const says = this.#prose(node.children.filter((child) => child !== label && child !== quote));
    const source = label ? idIn(textOf(label)) : undefined;
    return {
      source,
      ...(says === undefined ? {} : { says }),
      ...(quote ? { quote: this.#quote(quote) } : {}),
      ...(position === undefined
        ? {}
        : {
            position: position.startsWith(words.position)
              ? position.slice(words.position.length).replace(/^\s*[:：]\s*/, '')
              : position,
          }),
    };
  }

  #quotation(node: Element): Value {
    const [quote] = this.#children(node, 'blockquote');
    const caption = this.#children(node, 'figcaption')[0];
    const speaker = caption && this.#text(this.#first(caption, 'speaker'));
    const outlet = caption && this.#text(this.#children(caption, 'cite')[0]);
    const source = caption && idIn(textOf(caption));
    let role = caption
      ? textOf(caption)
          .replace(/\s+/g, ' ')
          .replace(/\s*\[@[^\]]*\]\s*$/, '')
          .trim()
      : '';
    if (source !== undefined && outlet !== undefined && role.endsWith(outlet)) role = role.slice(0, -outlet.length);
    if (speaker !== undefined && role.startsWith(speaker)) role = role.slice(speaker.length);
    role = role.replace(/^[\s,、،]+|[\s,、،]+$/g, '');
    return {
      quote: this.#quote(quote),
      ...(speaker ? { speaker } : {}),
      ...(role ? { role } : {}),
      ...(source ? { source } : {}),
    };
  }

  /** The address that stands alone at the end of an entry. */
  #address(item: Element): { nodes: Nodes[]; url: Value } {
    const node = this.#children(item, 'p').find((element) =>
      element.children.some((child) => isElement(child) && classesOf(child).includes('address')),
    );
    const link = node && [...elements(node)].find(({ tagName }) => tagName === 'a');
    return node && link ? { nodes: [node], url: urlOf(link) } : { nodes: [], url: {} };
  }
}

/** The id of the source that a label cites. */
const idIn = (text: string): string | undefined => /\[@([^\];]+)\]/.exec(text)?.[1];
