import { isEnglish } from '../../languages/words.js';
import type { Finding, Rule } from '../rule.js';

type Variant = 'UK' | 'US';

/** British and American ways to write a word; endings follow. Those with a star are British too, or another word. */
const PAIRS = `
behaviour behavior, colour color, favour favor, favourite favorite, flavour flavor, honour honor, humour humor, neighbour neighbor,
rumour rumor, labour labor, harbour harbor, armour armor, endeavour endeavor, vapour vapor, savour savor, rigour rigor, vigour vigor,
centre center, theatre theater, fibre fiber, litre liter, kilometre kilometer, calibre caliber, sombre somber, spectre specter, sabre saber, metre *meter,
defence defense, offence offense, pretence pretense,
travelled traveled, travelling traveling, traveller traveler, cancelled canceled, cancelling canceling, modelled modeled, modelling modeling,
labelled labeled, labelling labeling, fuelled fueled, fuelling fueling, signalled signaled, signalling signaling, totalled totaled,
levelled leveled, counselled counseled, channelled channeled, rivalled rivaled, dialled dialed, marshalled marshaled, quarrelled quarreled,
councillor councilor, counsellor counselor, jewellery jewelry, marvellous marvelous, woollen woolen,
fulfil fulfill, enrol enroll, enrolment enrollment, instalment installment, skilful skillful, wilful willful,
analyse analyze, analysed analyzed, analysing analyzing, paralyse paralyze, paralysed paralyzed, catalyse catalyze,
catalogue catalog, plough plow, grey gray, tyre *tire, kerb *curb, cheque *check, programme *program, sceptic skeptic, sceptical skeptical, scepticism skepticism,
ageing aging, aluminium aluminum, mould mold, pyjamas pajamas, moustache mustache, cosy cozy, aeroplane airplane,
anaesthetic anesthetic, paediatric pediatric, orthopaedic orthopedic, haemorrhage hemorrhage, oestrogen estrogen, foetus fetus, diarrhoea diarrhea, anaemia anemia, anaemic anemic,
manoeuvre maneuver, whilst *while, sulphur sulfur`;

const ENDING = '(?:e|ed|es|ing|er|ers|ation|ations)';

/** What stands before -ise and -ize in words that are written both ways. */
const STEMS =
  'agon|amortic?|anonym|antagon|apolog|author|bapt|brutal|burglar|cannibal|capital|categor|cauter|central|character|civil|colon|commercial|computer|conceptual|contextual|crimin|critic|crystall|custom|democrat|digit|dramat|econom|emphas|energ|epitom|equal|etern|euthan|extern|familiar|fantas|fertil|final|formal|fossil|galvan|general|global|harmon|homogen|hospital|human|hypothes|ideal|immun|incentiv|individual|industrial|intern|international|item|jeopard|legal|legitim|liberal|liquid|local|lion|magnet|marginal|material|maxim|mechan|memor|mesmer|militar|minim|mobil|modern|monopol|moral|national|natural|neutral|normal|nuclear|optim|organ|ostrac|oxid|patron|penal|personal|philosoph|plagiar|polar|politic|popular|pressur|prior|privat|public|pulver|radical|random|rational?|real|recogn|regular|revital|revolution|romantic|sanit|satir|scandal|scrutin|secular|sensational|social|solemn|special|stabil|standard|steril|stigmat|subsid|summar|symbol|sympath|synchron|synthes|systemat|tantal|terror|theor|traumat|trivial|union|urban|util|vandal|verbal|victim|visual|vocal|weapon|western';
const ISE = new RegExp(`^(?:re|de|un|dis|over|under|non|counter)?(?:${STEMS})(?:al|ar)?(is|iz)${ENDING}$`);

/** What all of those end with: few words do, and the stems are many. */
const ISE_END = new RegExp(`i[sz]${ENDING}$`);

const ENDINGS = ['', 's', 'ed', 'ing', 'al', 'able', 'ful', 'hood', 'ly', 'er', 'ers'];

/** Nouns in American. */
const NOUNS = new Set(['analyses', 'paralyses']);

interface Spelling {
  variant: Variant;
  other: string;
}

/** A word of a pair, the other way to write it, and what may follow. */
interface Stem extends Spelling {
  word: string;
  endings: readonly string[];
}

function* stems(): Generator<Stem> {
  for (const pair of PAIRS.split(',')) {
    const [uk = '', typed = ''] = pair.trim().split(/\s+/);
    const us = typed.replace('*', '');
    // Both write "fulfilled".
    const endings = us.endsWith('ll') ? ['', 's'] : ENDINGS;
    yield { word: uk, variant: 'UK', other: us, endings };
    if (us === typed) yield { word: us, variant: 'US', other: uk, endings };
  }
}

/** A word with an ending: "theatre" and "ed" are "theatred". */
const join = (word: string, ending: string): string =>
  (/^[ei]/.test(ending) && /[rs]e$/.test(word) ? word.slice(0, -1) : word) + ending;

/** The words of the pairs by the number of their first three letters; made where a story is English. */
let known: Map<number, Stem[]> | undefined;

function stemsByHead(): Map<number, Stem[]> {
  const all = new Map<number, Stem[]>();
  for (const stem of stems()) {
    const head = headOf(stem.word, 0);
    const others = all.get(head);
    if (others) others.push(stem);
    else all.set(head, [stem]);
  }
  return all;
}

/** How a word of the pairs, with its ending, is written the other way; undefined for other words. */
function spellingOf(text: string, alike: readonly Stem[]): Spelling | undefined {
  const near = alike.filter(({ word }) => text.startsWith(word.slice(0, -1)));
  if (near.length === 0) return undefined;
  for (const ending of ENDINGS)
    for (const { word, variant, other, endings } of near)
      if (endings.includes(ending) && join(word, ending) === text && !(variant === 'UK' && NOUNS.has(text)))
        return { variant, other: join(other, ending) };
  return undefined;
}

export const mixedSpelling = {
  name: 'mixed-spelling',
  level: 'warning',
  description:
    'An English story writes some words the British and some the American way, or another way than its `lang` says. Words in -ize are British too (Oxford) where the story writes them so throughout. Names, which have capitals, and quotations are passed over.',
  bad: 'text: The centre signaled a change.',
  good: 'text: The centre signalled a change.',
  *checkTexts({ lang, ownTexts }) {
    if (!isEnglish(lang)) return;
    const words = [...wordsIn(ownTexts())];
    const of = (variant: Variant) => words.filter((word) => word.variant === variant);
    const [uk, us] = [of('UK'), of('US')];
    const wanted = wantedBy(lang) ?? (us.length > uk.length ? 'US' : 'UK');
    const others = wanted === 'UK' ? us : uk;
    if (wantedBy(lang) || (uk.length > 0 && us.length > 0))
      yield* findingOf(others, wanted, wanted === 'UK' ? uk[0] : us[0]);
    // -ise and -ize: in American, -ise is the other way; in British, both are right, but not together.
    const isWord = (word: Word) => word.variant === undefined;
    const [ise, ize] = [
      words.filter((word) => isWord(word) && !word.z),
      words.filter((word) => isWord(word) && word.z),
    ];
    if (wanted === 'US' && (us.length > 0 || wantedBy(lang))) yield* findingOf(ise, 'US', us[0]);
    else if (ise.length > 0 && ize.length > 0) {
      const [few, many] = ize.length > ise.length ? [ise, ize] : [ize, ise];
      yield* findingOf(few, undefined, many[0]);
    }
  },
} as const satisfies Rule;

interface Word {
  word: string;
  variant?: Variant;
  z?: boolean;
  other: string;
  path: Finding['path'];
  within: readonly [number, number];
}

/** Whether no letter or figure stands on either side, and no mark that joins words before. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  return !/[\p{L}\p{N}’'-]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
}

/** A number for three letters. */
const headOf = (text: string, at: number) =>
  ((text.charCodeAt(at) & 31) << 10) | ((text.charCodeAt(at + 1) & 31) << 5) | (text.charCodeAt(at + 2) & 31);

/** The runs of four and more of the letters a to z that start like a word of the pairs, or have an “is” or “iz” in them. */
function wordsLike(text: string, heads: ReadonlyMap<number, unknown>): [start: number, end: number][] {
  const runs: [number, number][] = [];
  let start = -1;
  let hasIse = false;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) {
      if (start < 0) start = at;
      else if ((code === 115 || code === 122) && text.charCodeAt(at - 1) === 105) hasIse = true;
    } else if (start >= 0) {
      if (at - start >= 4 && (hasIse || heads.has(headOf(text, start)))) runs.push([start, at]);
      start = -1;
      hasIse = false;
    }
  }
  return runs;
}

/** The words that are written in two ways. All of them are of the letters a to z. */
function* wordsIn(texts: Iterable<{ words: string; path: Finding['path'] }>): Generator<Word> {
  known ??= stemsByHead();
  for (const { words, path } of texts)
    for (const within of wordsLike(words, known)) {
      const word = words.slice(...within);
      const spelling = spellingOf(word, known.get(headOf(word, 0)) ?? []);
      if (!spelling && !ISE_END.test(word)) continue;
      if (!standsAlone(words, ...within)) continue;
      if (spelling) yield { word, ...spelling, path, within };
      if (spelling) continue;
      const [, s] = ISE.exec(word) ?? [];
      if (s === undefined) continue;
      const z = s === 'iz';
      yield { word, z, other: word.replace(new RegExp(`${s}(?=${ENDING}$)`), z ? 'is' : 'iz'), path, within };
    }
}

/** Each word once, at its first place. */
function* findingOf(words: readonly Word[], wanted: Variant | undefined, beside: Word | undefined): Generator<Finding> {
  const seen = new Set<string>();
  for (const { word, variant, z, other, path, within } of words) {
    if (seen.has(word)) continue;
    seen.add(word);
    const kind = variant ?? (wanted === 'US' ? 'UK' : z ? '-ize' : '-ise');
    const contrast = beside && beside.word !== word ? `; it also has “${beside.word}”` : '';
    yield {
      path,
      within,
      message: `“${word}” is ${kind} spelling${contrast}`,
      hint: `write “${other}”${contrast === '' ? '' : ', or the others in the same way'}`,
    };
  }
}

/** What a language tag says of spelling; Canada mixes them, and `en` alone says nothing. */
function wantedBy(lang: string): Variant | undefined {
  const region = /-([A-Z]{2})\b/.exec(lang)?.[1];
  if (region === 'US') return 'US';
  return region !== undefined && /^(?:GB|IE|AU|NZ|ZA|IN|SG|HK|KE|NG)$/.test(region) ? 'UK' : undefined;
}
