import { duplicateId } from './duplicate-id.js';
import { duplicateUrl } from './duplicate-url.js';
import { lineBreak } from './line-break.js';
import { missingDefaultHeading } from './missing-default-heading.js';
import { missingHeadline } from './missing-headline.js';
import { missingOutlet } from './missing-outlet.js';
import { outOfOrder } from './out-of-order.js';
import type { Rule } from './rule.js';
import { slugCollision } from './slug-collision.js';
import { trackingParameter } from './tracking-parameter.js';
import { unknownSource } from './unknown-source.js';
import { unusedSource } from './unused-source.js';
import { updatedBeforePublished } from './updated-before-published.js';

/** All rules that have a level. What breaks the shape of a story is an error always, and not among them. */
export const rules: readonly Rule[] = [
  missingHeadline,
  unknownSource,
  unusedSource,
  duplicateId,
  slugCollision,
  missingOutlet,
  missingDefaultHeading,
  outOfOrder,
  lineBreak,
  duplicateUrl,
  trackingParameter,
  updatedBeforePublished,
];
