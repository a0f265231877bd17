import { readDayText } from '../languages/calendar.js';
import { englishDate, instant, isoDate, parseDate } from '../languages/dates.js';

/**
 * A day, with its hour and zone where they are there, as people and briefs write it in the house's languages; in ISO 8601.
 * Undefined for what is none.
 */
export function readDate(text: string): string | undefined {
  const typed = text.trim().replace(/\s+/g, ' ');
  const spoken = englishDate(typed);
  if (spoken !== undefined) return spoken;
  const [, day = typed, hours, minutes, seconds = '', utc, offset, letters] = TIMED.exec(typed) ?? [];
  const [, dd, mm, year] = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(day) ?? []; // with full stops the day comes first
  const parts = year === undefined ? readDayText(day) : { year: Number(year), month: Number(mm), day: Number(dd) };
  const zone = utc === undefined ? letters && zoneNamed(letters) : (offset ?? 'Z');
  if (parts?.day === undefined || (letters !== undefined && zone === undefined)) return undefined;
  const made = isoDate({
    ...parts,
    ...(hours === undefined ? {} : { time: `${hours.padStart(2, '0')}:${minutes}${seconds}` }),
    ...(zone === undefined ? {} : { zone }),
  });
  return parseDate(made)?.day === undefined ? undefined : made;
}

/** A day with an hour behind it, and perhaps its zone: "6 octobre 2025 à 9h30", "06.10.2025, 09:30 Uhr", "6 October 2025, 09.30 BST". */
const TIMED =
  /^(.*?\S)(?:,? +(?:(?:à|um|alle|a las|às|at|om|kl\.?) +)?(\d{1,2})[:.h](\d{2})(:\d{2})?(?: ?(?:Uhr|uur|h))?(?: (UTC)([+-]\d{2}:\d{2})?| ([A-Z]{2,4}))?)?$/;

/** Zones whose letters mean one thing in newsrooms. Others, such as ET, IST and CST, depend on the day or the country. */
const ZONES: Readonly<Record<string, string>> = {
  z: 'Z',
  gmt: 'Z',
  utc: 'Z',
  bst: '+01:00',
  wet: 'Z',
  west: '+01:00',
  cet: '+01:00',
  cest: '+02:00',
  mez: '+01:00',
  mesz: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  msk: '+03:00',
  est: '-05:00',
  edt: '-04:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  jst: '+09:00',
  kst: '+09:00',
  hkt: '+08:00',
  sgt: '+08:00',
  aest: '+10:00',
  aedt: '+11:00',
  nzst: '+12:00',
  nzdt: '+13:00',
};

/** The zone that letters stand for in newsrooms, as a date has it. */
export const zoneNamed = (name: string): string | undefined => ZONES[name.toLowerCase()];

const CLOCK =
  /\b(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(a\.?m\b\.?|p\.?m\b\.?|[ap](?=\s)|noon|midnight|hours|hrs|uhr)?(?=$|[\s,;)(.])/gi;

/** Words that change the hour or zone beside them, or leave it open. */
const ELSE =
  /\b(?:plus|minus|local|evening|night|morning|afternoon|tonight|early|late|ET|PT|CT|MT|IST|CST|AST|BRT|abends?|nachts?|nachmittags?|morgens|früh|soir|nuit|matin|midi|tarde|noche|mañana|noite|manhã|sera|notte|mattina)\b|[午夜晩朝夕]/iu;

/**
 * The moment that a line names, in ISO 8601: its day, hour and zone in any order, such as "00:01 BST, Monday 6 October 2025" or
 * "October 6, 2025 at 9:30 a.m. EDT". Undefined unless all three are there, and each once, and where other figures or words
 * might say another hour: a text that goes out too early cannot be called back.
 */
export function readMoment(text: string): string | undefined {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/(?<=(?:UTC|GMT|:\d{2}) ?)[\u2010-\u2013\u2212](?=\d)/gi, '-')
    .trim();
  const iso = /\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2})?\s?(?:Z|[+-]\d{2}:?\d{2})/.exec(line)?.[0];
  if (iso !== undefined) return parseDate(iso) ? isoDate(parseDate(iso) as never) : undefined;
  const day = dayIn(line);
  if (!day) return undefined;
  const rest = line.replace(day.text, ' ');
  const offset = /(?:\b(?:UTC|GMT) ?)?([+-]\d{1,2}(?::?\d{2})?)(?!\d)/gi;
  const zones = [
    ...[...rest.matchAll(offset)].map(([, written = '']) => offsetOf(written)),
    ...[...rest.replace(offset, ' ').matchAll(/\b[A-Za-z]{1,4}\b/g)].flatMap(([name]) => zoneNamed(name) ?? []),
  ];
  const bare = rest.replace(offset, ' ');
  const isClock = ([, , minutes, half]: RegExpMatchArray) => minutes !== undefined || half !== undefined;
  const clocks = [...bare.matchAll(CLOCK)].filter(isClock);
  const [clock, more] = clocks;
  const [zone, other] = new Set(zones);
  if (!clock || more || zone === undefined || other !== undefined) return undefined;
  const others = bare.replace(clock[0], ' ');
  if (/\d/.test(others) || ELSE.test(others)) return undefined;
  const time = timeOf(clock);
  const made = time === undefined ? undefined : `${day.iso}T${time}${zone}`;
  const parts = made === undefined ? undefined : parseDate(made);
  return parts && instant(parts) !== undefined ? made : undefined;
}

function offsetOf(offset: string): string | undefined {
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(offset) ?? [];
  return sign === undefined || Number(hours) > 14 ? undefined : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

function timeOf([, hour = '', minutes = '00', half = '']: RegExpMatchArray): string | undefined {
  const late = /^p/i.test(half);
  const early = /^a/i.test(half);
  if ((late || early) && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
  if (/^midnight/i.test(half)) return undefined; // of that day, or of the next
  const hours = late ? (Number(hour) % 12) + 12 : early ? Number(hour) % 12 : Number(hour);
  return hours > 23 || Number(minutes) > 59 ? undefined : `${String(hours).padStart(2, '0')}:${minutes}`;
}

/** A day somewhere in a line, and the words that name it. */
function dayIn(line: string): { text: string; iso: string } | undefined {
  const words = line.split(' ');
  for (let length = Math.min(5, words.length); length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const text = words.slice(from, from + length).join(' ');
      const bare = text.replace(/^[([]+|[)\],;:.]+$/g, '').replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/i, '$1');
      const iso = /\d{1,2}:\d{2}/.test(bare) ? undefined : readDate(bare);
      if (iso !== undefined && parseDate(iso)?.time === undefined) return { text, iso };
    }
  return undefined;
}
