import { isEnglish } from '../../languages/words.js';
import { QUOTATIONS, withoutMarkup } from '../../prose/masks.js';
import { namesOutlet } from '../../prose/outlets.js';
import { citations } from '../../prose/tree.js';
import { sectionsOf } from '../../sections/each.js';
import type { Facts, Finding, Rule } from '../rule.js';

/** What says who speaks. */
const SPEECH =
  /\b(?:sa(?:id|ys?|ying)|told|tells?|telling|wr(?:ote|ites?|iting|itten)|according to|add(?:s|ed|ing)?|argu(?:es?|ed|ing)|ask(?:s|ed|ing)?|call(?:s|ed|ing)?|claim(?:s|ed|ing)?|describ(?:es?|ed|ing)|not(?:es?|ed|ing)|quot(?:es?|ed|ing)|read(?:s|ing)?|report(?:s|ed|ing)?|stat(?:es?|ed|ing)|announc(?:es?|ed|ing)|warn(?:s|ed|ing)?|repl(?:y|ies|ied)|explain(?:s|ed|ing)?|insist(?:s|ed|ing)?|declar(?:es?|ed|ing)|post(?:s|ed)?|tweet(?:s|ed)?|conclud(?:es?|ed|ing)|remark(?:s|ed)?|testif(?:y|ies|ied)|urg(?:es?|ed|ing)|vow(?:s|ed)?|promis(?:es?|ed)|recall(?:s|ed)?|respond(?:s|ed)?|shrug(?:s|ged)?|deliver(?:s|ed)|message|words|statement|titled|headlined|entitled|known as|slogan|motto|by)\b/i;

/** A quotation of fewer words is a name, a term or a title. */
const LEAST_WORDS = 8;

export const quotationWithoutSpeaker = {
  name: 'quotation-without-speaker',
  level: 'warning',
  description:
    'Words stand in quotation marks, or under quotes, and nothing says who spoke or wrote them: no speaker, no source, no citation. In texts, quotations of eight words and more in English stories are looked at, and a paragraph that cites a source, names an outlet or says who speaks is passed over.',
  bad: 'kind: quotes\nitems:\n  - quote: We run ferries, not promises.',
  good: 'kind: quotes\nitems:\n  - { quote: "We run ferries, not promises.", speaker: Ruth Adeyemi }',
  *check(facts) {
    for (const { section, path } of sectionsOf(facts.input.sections)) {
      if (section.kind !== 'quotes') continue;
      for (const [i, { speaker, source }] of section.items.entries())
        if (speaker === undefined && source === undefined)
          yield {
            path: [...path, 'items', i, 'quote'],
            message: 'nothing says whose words these are',
            hint: 'add speaker: with who said it, or source: with the id of where it stands',
          };
    }
    if (isEnglish(facts.story.lang)) yield* inProse(facts);
  },
} as const satisfies Rule;

function* inProse({ texts, story, prose }: Facts): Generator<Finding> {
  for (const { text, type, path } of texts) {
    if (type !== 'prose' || path[0] !== 'sections' || path.at(-1) === 'quote') continue;
    if (!/[“"]/.test(text)) continue;
    const cited = [...citations(prose(text).blocks)];
    let goesOn: boolean = false; // the paragraph before is a speech that has not ended, or says who speaks
    for (const { index, 0: paragraph } of text.matchAll(/(?:[^\n]|\n(?![^\S\n]*\n))+/g)) {
      const end = index + paragraph.length;
      const plain = withoutMarkup(paragraph);
      const continued: boolean = goesOn && /^\s*[“"]/.test(plain);
      const outside = plain.replace(QUOTATIONS, ' ');
      const isAttributed: boolean =
        cited.some(({ start }) => index <= start && start < end) ||
        SPEECH.test(outside) ||
        /(?:--|[—–])\s*\p{Lu}[\p{L}. ]+$/u.test(outside.trimEnd()) ||
        story.sources.some(({ outlet }) => outlet !== undefined && namesOutlet(plain, outlet));
      goesOn = isAttributed || continued;
      if (goesOn) continue;
      for (const { index: at, 0: quotation } of plain.matchAll(QUOTATIONS)) {
        const words = quotation.split(/\s+/);
        const capitals = words.filter((word) => /^[“"]?\p{Lu}/u.test(word)).length;
        if (words.length < LEAST_WORDS || capitals * 2 > words.length) continue; // a title has capitals
        yield {
          path,
          within: [index + at, index + at + quotation.length],
          message: 'nothing in this paragraph says whose words these are',
          hint: 'say who spoke, or cite a source: [@id]',
        };
      }
    }
  }
}
