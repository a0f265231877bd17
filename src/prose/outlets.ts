import { lazyPattern } from './pattern.js';

/** Whether a text names an outlet: the name as it is listed, not as a part of another word ("AP" is not in "APEC"). */
export function namesOutlet(text: string, outlet: string): boolean {
  for (let at = text.indexOf(outlet); at >= 0; at = text.indexOf(outlet, at + 1)) {
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ' ';
    const after = String.fromCodePoint(text.codePointAt(at + outlet.length) ?? 32);
    if (!(joins(before) && joins(outlet.charAt(0))) && !(joins(after) && joins(outlet.slice(-1)))) return true;
  }
  return false;
}

/** Letters and figures of scripts that put spaces between words. */
function joins(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char) && !/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u.test(char);
}

/** Verbs by which a press review tells what an outlet says. */
const SAYS =
  '(?:reports?|reported|says|said|writes?|wrote|highlights?|notes?|noted|underscores?|emphasi[sz]es?|argues?|argued|warns?|suggests?|observes?|describes?|adds|calls|quotes|points out|leads|focuses|stresses|claims|comments)';
const SUBJECT = lazyPattern(
  () =>
    new RegExp(
      `(?:^|[.!?”"’\\n]\\s{1,3})(?:The |the )?((?:(?:[A-Z][\\p{L}&.’'-]{0,30}|of|and|the)\\s{1,3}){0,4}?[A-Z][\\p{L}&.’'-]{0,30})\\s{1,3}${SAYS}\\b`,
      'gu',
    ),
);
const NO_OUTLET =
  /^(?:He|She|It|They|We|You|I|This|That|These|Those|There|Both|Some|Others|Many|One|Officials|Analysts|Experts|Critics|Overall|However|But|And|The|A|An|Each|Neither|Either|Most|Several|Another|Everyone)\b/;

/** A name in a text, and where it starts. */
export interface Named {
  name: string;
  index: number;
}

/** The subjects of verbs of saying in an English press review, where they are outlets. */
export function* outletsThatSay(text: string): Generator<Named> {
  for (const { index, 0: match, 1: subject = '' } of text.matchAll(SUBJECT())) {
    const name = subject.replace(/\s+/g, ' ').trim();
    if (!NO_OUTLET.test(name)) yield { name, index: index + match.indexOf(subject) };
  }
}

/** What newspapers and stations are called at the end of their names. */
const PAPER =
  'Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Telegraph|Observer|Ledger|Courier|Dispatch|Examiner|Inquirer|Globe|Mail|Bulletin|Press|News|Radio|TV|Today|Weekly|Magazine|Review|Standard|Independent|Star|Sun';
const AGENCIES =
  'Reuters|Associated Press|AP|AFP|UPI|Sunday Times|Sunday Telegraph|Daily Mail|Daily Telegraph|Daily Express|Daily Mirror|Agence France-Presse|Bloomberg(?: News)?|BBC(?: News)?|CNN|NBC News|ABC News|CBS News|Fox News|NPR|PBS|Al Jazeera|The Guardian|Guardian|Le Monde|Le Figaro|Libération|El País|El Mundo|Der Spiegel|Süddeutsche Zeitung|Frankfurter Allgemeine Zeitung|Die Zeit|Politico|Axios|Semafor|ProPublica|Haaretz|Asahi Shimbun|Yomiuri Shimbun|Nikkei(?: Asia)?|NHK|Xinhua|Yonhap|Kyodo(?: News)?|TASS|Deutsche Welle|The Economist|Financial Times|Wall Street Journal|Washington Post|New York Times|Los Angeles Times|USA Today|Time magazine|The Atlantic|The New Yorker|Vox|BuzzFeed News|HuffPost|The Verge|Wired|The Hindu|Times of India|Sydney Morning Herald|Globe and Mail|Toronto Star|Irish Times|Sky News|ITV News|Channel 4 News|South China Morning Post';
const KNOWN = lazyPattern(() => new RegExp(`(?<![\\p{L}\\p{N}])(?:${AGENCIES})(?![\\p{L}\\p{N}-])`, 'gu'));
const SAID_BY = lazyPattern(
  () =>
    new RegExp(
      `(?<![\\p{L}\\p{N}])((?:The )?(?:[A-Z][\\p{L}&’'-]{0,30}\\s{1,3}){1,3}(?:${PAPER}))(?=\\s+(?:has\\s+)?${SAYS}\\b)|(?<=(?:according to|told|first reported by|reported by|seen by)\\s{1,3}(?:[Tt]he\\s{1,3})?)((?:[A-Z][\\p{L}&’'-]{0,30}\\s{1,3}){1,3}(?:${PAPER}))(?![\\p{L}\\p{N}])`,
      'gu',
    ),
);

/** Outlets that a text names: well-known ones, and those known by their form, as in “the Ellery Ledger reports”. */
export function* outletsNamed(text: string): Generator<Named> {
  for (const pattern of [KNOWN(), SAID_BY()])
    for (const { index, 0: name } of text.matchAll(pattern))
      if (text[index - 1] !== '(' || text[index + name.length] !== ')')
        yield { name: name.replace(/\s+/g, ' '), index }; // (AP) is a dateline's
}
