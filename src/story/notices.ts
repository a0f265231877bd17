import { lazyPattern } from '../prose/pattern.js';

/** Words that may stand before “embargo” in a notice: “This press release is strictly …”. */
const BEFORE_EMBARGO =
  '(?:(?:strict(?:ly)?|under|news|media|press|science|please|note|this|story|is|the|release|text|copy|article|report|information|of|an|a|and|all)\\b[^\\p{L}\\p{N}]*){0,8}';

const EMBARGO = lazyPattern(
  () =>
    new RegExp(
      [
        `^[^\\p{L}\\p{N}]*${BEFORE_EMBARGO}embargo(?:ed)?(?:\\s+(?:copy|date|time|until|till|to|for|from|not\\s+for|by|bis|hasta|até|fino|jusqu|lifts?|ends?|expires?)(?!\\p{L})|\\s*[:|\\]–—-]|[^\\p{L}\\p{N}]*$|\\s+\\d)`,
        '^[^\\p{L}\\p{N}]*(?:strictly\\s+)?(?:(?:do\\s+)?not|hold)\\s+(?:to\\s+be\\s+|for\\s+)?(?:release|publication|broadcast|use|published?|released|broadcast|used|run)[^:]{0,40}?(?:before|until)\\b',
        '^[^\\p{L}\\p{N}]*hold\\s+(?:until|till|for\\s+(?:release|legal|approval|publication)|til)\\b',
        '^[^\\p{L}\\p{N}]*(?:this\\s+)?(?:story|text|article|release|copy)?\\s*(?:is\\s+)?on\\s+hold\\W*$',
        '^[^\\p{L}\\p{N}]*for\\s+(?:release|publication)\\s*(?::|[–—-]\\s|(?:at|on|after|from|not\\s+before)\\b)(?!.*\\bimmediate)',
        '^[^\\p{L}\\p{N}]*(?:sperr(?:frist|vermerk)\\b|gesperrt\\s+bis\\b|frei\\s+(?:zur\\s+veröffentlichung\\s+)?ab\\b|sous\\s+embargo|onder\\s+embargo|embargo\\s+(?:tot|do|til)(?!\\p{L})|bloqué\\s+jusqu|non\\s+(?:diffondere|pubblicare)\\s+prima|não\\s+(?:publicar|divulgar)\\s+antes|release\\s+(?:date|time)\\s*:.*\\d[:.]\\d\\d|ne\\s+pas\\s+(?:diffuser|publier)\\s+avant|embargad[oa]\\b|bajo\\s+embargo|no\\s+(?:publicar|difundir)\\s+(?:antes|hasta)|sob\\s+embargo|sotto\\s+embargo|(?:報道|情報)?解禁(?=[\\s:：日時はを])|(?:محظور|يحظر|حظر|ممنوع) (?:ال)?نشر.{0,20}(?:حتى|قبل)|эмбарго(?=\\s*(?:до(?!\\p{L})|:|$))|не публиковать до|禁止发布|禁發|엠바고|보도 ?유예|אמברגו)',
      ].join('|'),
      'iu',
    ),
);

/** An embargo named within a line: “PRESS RELEASE – EMBARGOED UNTIL …”. */
const EMBARGO_WITHIN = lazyPattern(
  () =>
    /\bembargoed\s+(?:until|till|to)\b|\bunder\s+(?:strict\s+)?(?:embargo|NDA)\s+(?:until|till|to)\b|\b(?:not|hold)\s+for\s+(?:release|publication|broadcast|use)\s+(?:before|until)\b|\bsperrfrist\s*:|\bonder\s+embargo\b|(?<!\p{L})до(?!\p{L}).{0,60}(?<!\p{L})эмбарго$/iu,
);

/** A sentence that says the text itself is under embargo. */
const EMBARGO_SENTENCE = lazyPattern(
  () =>
    /\b(?:this|the)\s+(?:press\s+|media\s+|news\s+)?(?:release|report|information|material|announcement)\s+is\s+(?:(?:under|strictly|a|strict)\s+){0,3}embargo(?:ed)?\s+(?:until|till|to)\b|^\W*(?:n\.?b\.?|note|please note|attention)\W+(?:strictly\s+)?(?:not\s+for\s+(?:publication|release)|embargoed)\s+(?:until|before|till)\b/iu,
);

/** Whether a line names an embargo; a sentence that reports on one does not. */
export const namesEmbargo = (line: string): boolean =>
  line.length <= LONGEST_NOTICE &&
  (EMBARGO().test(line) ||
    EMBARGO_SENTENCE().test(line) ||
    (EMBARGO_WITHIN().test(line) && !/[.!?]["”’»)]*$/.test(line)));

/** No notice is longer, in characters. */
const LONGEST_NOTICE = 300;

const DRAFT =
  '(?:draft|entwurf|brouillon|borrador|rascunho|bozza|udkast|utkast|luonnos|szkic|taslak|черновик|document de travail|下書き|草稿|초안|مسودة|טיוטה)(?!\\p{L})';
const NOT_PUBLISHED =
  '(?:not\\s+(?:yet\\s+)?(?:approved\\s+|cleared\\s+)?for\\s+(?:publication|release|distribution)|do\\s+not\\s+(?:publish|release|distribute|share|run)|nicht\\s+(?:veröffentlichen|freigegeben|zur\\s+veröffentlichung)|(?:ne\\s+)?pas\\s+(?:publier|diffuser|pour\\s+publication)|no\\s+(?:publicar|difundir)|não\\s+(?:publicar|divulgar)|non\\s+(?:pubblicare|diffondere)|niet\\s+(?:publiceren|voor\\s+publicatie)|не\\s+(?:публиковать|для\\s+печати))(?!\\p{L})';
/** What may stand around the words of a notice. */
const GAP = '[^\\p{L}\\p{N}]*';

const DRAFT_LINE = lazyPattern(
  () =>
    new RegExp(
      [
        `^${GAP}(?:(?:first|rough|working)\\s+)?${DRAFT}(?:${GAP}$|\\s*(?:only|version|copy|for\\s+review|v?\\d[\\d.]*)${GAP}$|\\s+v\\d+\\b.{0,30}$|.{0,40}[^\\p{L}\\p{N}]${NOT_PUBLISHED}${GAP}$)`,
        `^${GAP}(?:status|stand|statut|estado|state|stage)\\s*[:|]\\s*${GAP}(?:${DRAFT}|unpublished|${NOT_PUBLISHED}|in\\s+review)${GAP}$`,
        `^${GAP}draft\\s*[:|]\\s*(?:true|yes)${GAP}$`,
        `^${GAP}(?:${DRAFT}[^\\p{L}\\p{N}]+)?${NOT_PUBLISHED}(?:${GAP}|[\\s,]*(?:until|till|before|yet|without|or|outside|externally|[–—:(]).{0,60})$`,
        `^${GAP}(?:strictly\\s+)?(?:confidential|internal|vertraulich|intern|confidentiel|confidencial|riservato)(?:\\s+(?:only|use(?:\\s+only)?))?(?:${GAP}$|[^\\p{L}\\p{N}]+${NOT_PUBLISHED}${GAP}$)`,
      ].join('|'),
      'iu',
    ),
);

/** The same in capitals, with more behind it: “DRAFT COPY - NOT APPROVED”. */
const DRAFT_CAPITALS = lazyPattern(
  () =>
    /^[^\p{L}]*(?:DRAFT|ENTWURF|BROUILLON|BORRADOR|RASCUNHO|BOZZA)(?: (?:COPY|VERSION|ONLY|NOT)\b|\s*[–—:.!-])[^\p{Ll}]{0,60}$/u,
);

/** Whether a line says that a text is a draft, or not for readers. */
export const isDraftLine = (line: string): boolean =>
  line.length <= LONGEST_NOTICE && (DRAFT_LINE().test(line) || DRAFT_CAPITALS().test(line));

/** A line that withdraws a text, in capitals. */
export const KILL_LINE = /^\W*(?:(?:MANDATORY|ADVISORY)\s+)?KILL\b(?:\s+(?:THIS\s+)?STORY)?\W*$/;

const DRAFT_TITLE = lazyPattern(
  () =>
    new RegExp(
      [
        `^${GAP}(?:${DRAFT}|wip)(?:\\s*[\\]):：]|\\s+[–—-]\\s)`,
        `^${GAP}${NOT_PUBLISHED}${GAP}[:–—-]`,
        `[[(](?:[^\\])]{0,20}[^\\p{L}])?(?:${DRAFT}|wip|${NOT_PUBLISHED})(?:[^\\p{L}][^\\])]{0,40})?[\\])]\\s*$`,
        `\\s[–—-]\\s+(?:${NOT_PUBLISHED}|draft(?:\\s+v?\\d+)?)${GAP}$`,
        '^(?:Private|Protected): ',
      ].join('|'),
      'iu',
    ),
);

/** Whether words in a title say that it is a draft: “[DRAFT] …”, “Entwurf: …”, “… (DRAFT)”, WordPress’s “Private: …”. */
export const isDraftTitle = (title: string): boolean => title.length <= LONGEST_NOTICE && DRAFT_TITLE().test(title);

/** Whether a line of a text can only be a notice to editors of an embargo: “Embargoed until …”, “Not for publication before …”. */
export const isEmbargoNotice = (line: string): boolean =>
  /^\W*(?:STRICTLY )?EMBARGOED\W*$|^\W*embargo(?:ed)?\s*:.*\d[:.]\d\d/i.test(line) ||
  // Most lines have none of these words, and the patterns take their time.
  (/embargo|NDA|sperrfrist|эмбарго|\b(?:not|hold) for /iu.test(line) &&
    EMBARGO_WITHIN().test(line) &&
    namesEmbargo(line));
