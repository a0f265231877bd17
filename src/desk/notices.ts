/** Words that may stand before “embargo” in a notice: “This press release is strictly …”. */
const BEFORE_EMBARGO =
  '(?:(?:strict(?:ly)?|under|news|media|press|science|please|note|this|story|is|the|release|text|copy|article|report|information|of|an|a|and|all)\\b[\\s\\W]*){0,8}';

const EMBARGO = new RegExp(
  [
    `^[\\W_]*${BEFORE_EMBARGO}embargo(?:ed)?(?:\\s+(?:copy|date|time|until|till|to|for|from|not\\s+for|by|bis|hasta|até|fino|jusqu|lifts?|ends?|expires?)(?!\\p{L})|\\s*[:|\\]–—-]|\\s*\\W*$|\\s+\\d)`,
    '^\\W*(?:strictly\\s+)?(?:(?:do\\s+)?not|hold)\\s+(?:to\\s+be\\s+|for\\s+)?(?:release|publication|broadcast|use|published?|released|broadcast|used|run)[^:]{0,40}?(?:before|until)\\b',
    '^\\W*hold\\s+(?:until|till|for\\s+(?:release|legal|approval|publication)|til)\\b',
    '^\\W*(?:this\\s+)?(?:story|text|article|release|copy)?\\s*(?:is\\s+)?on\\s+hold\\W*$',
    '^\\W*for\\s+(?:release|publication)\\s*(?::|[–—-]\\s|(?:at|on|after|from|not\\s+before)\\b)(?!.*\\bimmediate)',
    '^\\W*(?:sperr(?:frist|vermerk)\\b|gesperrt\\s+bis\\b|frei\\s+ab\\b|sous\\s+embargo|ne\\s+pas\\s+(?:diffuser|publier)\\s+avant|embargad[oa]\\b|bajo\\s+embargo|no\\s+publicar\\s+(?:antes|hasta)|sob\\s+embargo|sotto\\s+embargo|(?:報道|情報)?解禁|(?:محظور|يحظر|حظر|ممنوع) (?:ال)?نشر|эмбарго|не публиковать до|禁止发布|禁發|엠바고|보도 ?유예|אמברגו)',
  ].join('|'),
  'iu',
);

/** An embargo named within a line: “PRESS RELEASE – EMBARGOED UNTIL …”. */
const EMBARGO_WITHIN =
  /\bembargoed\s+(?:until|till|to)\b|\bunder\s+embargo\s+(?:until|till|to)\b|\b(?:not|hold)\s+for\s+(?:release|publication|broadcast|use)\s+(?:before|until)\b|\bsperrfrist\s*:/iu;

/** Whether a line names an embargo; a sentence that reports on one does not. */
export const namesEmbargo = (line: string) =>
  EMBARGO.test(line) || (EMBARGO_WITHIN.test(line) && !/[.!?]["”’»)]*$/.test(line));

/** A line that says that a text is a draft, or not for readers. */
export const DRAFT_LINE =
  /^[\W_]*(?:(?:(?:first|rough|working)\s+)?(?:draft|entwurf|brouillon|borrador|rascunho|bozza|下書き|草稿)(?:[\W_]*$|\s*(?:only|version|for\s+review|v?\d[\d.]*)[\W_]*$|.{0,40}\b(?:not\s+for\s+publication|do\s+not\s+share))|(?:(?:status|stand|statut|estado)\s*:\s*(?:draft|entwurf|brouillon|borrador|rascunho|bozza)\W*$)|draft\s*:\s*(?:true|yes)\W*$|(?:not\s+(?:yet\s+)?for|do\s+not)\s+(?:publication|publish|release|distribution|distribute|share|run)\b.{0,40}$|(?:strictly\s+)?(?:confidential|internal(?:\s+(?:only|use(?:\s+only)?))?)[\W_]*$|(?:entwurf\W+)?nicht zur veröffentlichung.{0,30}$|ne pas publier\W*$|no publicar\W*$|não publicar\W*$|non pubblicare\W*$)/iu;

/** A line that withdraws a text, in capitals. */
export const KILL_LINE = /^\W*(?:(?:MANDATORY|ADVISORY)\s+)?KILL\b(?:\s+(?:THIS\s+)?STORY)?\W*$/;

/** Words in a title that say that it is a draft: “[DRAFT] …”, “Entwurf: …”, “… (DRAFT)”, WordPress’s “Private: …”. */
export const DRAFT_TITLE =
  /^\W*(?:DRAFT\b\s*[\]):–—-]|DO NOT (?:PUBLISH|RUN|RELEASE)\b|NOT FOR (?:PUBLICATION|RELEASE)\b)|^\W*(?:draft|entwurf|brouillon|borrador|rascunho|bozza|wip|下書き|草稿|مسودة)(?:\s*[\]):：]|\s+[–—-]\s)|[[(](?:DRAFT|WIP|Entwurf)[\])]\s*$|^(?:Private|Protected): /iu;

/** Whether a line of a text can only be a notice to editors of an embargo: “Embargoed until …”, “Not for publication before …”. */
export const isEmbargoNotice = (line: string): boolean =>
  /^\W*(?:STRICTLY )?EMBARGOED\W*$|^\W*embargo(?:ed)?\s*:.*\d[:.]\d\d/i.test(line) ||
  (namesEmbargo(line) && EMBARGO_WITHIN.test(line));
