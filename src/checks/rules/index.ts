import type { ShapeRuleName } from '../../shape-rules.js';
import type { Rule } from '../rule.js';
import { bareAddress } from './bare-address.js';
import { dekLength } from './dek-length.js';
import { doubledLabel } from './doubled-label.js';
import { duplicateId } from './duplicate-id.js';
import { duplicateUrl } from './duplicate-url.js';
import { emailSize } from './email-size.js';
import { emptyBrief } from './empty-brief.js';
import { headlineLength } from './headline-length.js';
import { heldStory } from './held-story.js';
import { imageCredit } from './image-credit.js';
import { imageDescription } from './image-description.js';
import { incompleteSource } from './incomplete-source.js';
import { insecureLink } from './insecure-link.js';
import { invisibleCharacter } from './invisible-character.js';
import { lateCorrection } from './late-correction.js';
import { lineBreak } from './line-break.js';
import { lookalike } from './lookalike.js';
import { missingArchive } from './missing-archive.js';
import { missingDefaultHeading } from './missing-default-heading.js';
import { missingHeadline } from './missing-headline.js';
import { missingLabels } from './missing-labels.js';
import { missingOutlet } from './missing-outlet.js';
import { missingSection } from './missing-section.js';
import { mixedSpelling } from './mixed-spelling.js';
import { outOfOrder } from './out-of-order.js';
import { outletMismatch } from './outlet-mismatch.js';
import { printedMarkup } from './printed-markup.js';
import { quotationWithoutSpeaker } from './quotation-without-speaker.js';
import { readingLevel } from './reading-level.js';
import { relativeDate } from './relative-date.js';
import { repeatedStory } from './repeated-story.js';
import { scriptMismatch } from './script-mismatch.js';
import { sectionOrder } from './section-order.js';
import { slugCollision } from './slug-collision.js';
import { trackingParameter } from './tracking-parameter.js';
import { unknownSource } from './unknown-source.js';
import { unknownStory } from './unknown-story.js';
import { unmadeCorrection } from './unmade-correction.js';
import { unmeantMarkup } from './unmeant-markup.js';
import { unsetEmbargo } from './unset-embargo.js';
import { unusedSource } from './unused-source.js';
import { unusedWaiver } from './unused-waiver.js';
import { updatedBeforePublished } from './updated-before-published.js';
import { wordBudget } from './word-budget.js';

const all = [
  missingHeadline,
  unknownSource,
  unusedSource,
  unsetEmbargo,
  duplicateId,
  slugCollision,
  outletMismatch,
  missingOutlet,
  missingDefaultHeading,
  scriptMismatch,
  missingLabels,
  outOfOrder,
  lineBreak,
  lookalike,
  invisibleCharacter,
  printedMarkup,
  unmeantMarkup,
  bareAddress,
  doubledLabel,
  duplicateUrl,
  trackingParameter,
  updatedBeforePublished,
  missingSection,
  sectionOrder,
  wordBudget,
  dekLength,
  headlineLength,
  imageCredit,
  imageDescription,
  incompleteSource,
  insecureLink,
  lateCorrection,
  missingArchive,
  mixedSpelling,
  quotationWithoutSpeaker,
  readingLevel,
  relativeDate,
  unmadeCorrection,
  unusedWaiver,
  emailSize,
  unknownStory,
  repeatedStory,
  emptyBrief,
  heldStory,
] as const;

/** All rules that have a level. What breaks the shape of a story is an error always, and in `shape-rules.ts`. */
export const rules: readonly Rule[] = all;

/** The name of any rule. */
export type RuleName = (typeof all)[number]['name'] | ShapeRuleName;
