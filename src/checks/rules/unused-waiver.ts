import type { Rule } from '../rule.js';

/** Reported where waivers are read. */
export const unusedWaiver = {
  name: 'unused-waiver',
  level: 'warning',
  description:
    'A comment accepts what a rule finds, and the rule finds nothing there: it was fixed meanwhile, or the comment does not stand above what it is about.',
  bad: '# nutgraf: allow missing-outlet — the clerk’s own\nsources:\n  - { id: minutes, outlet: Town Council }',
  good: 'sources:\n  # nutgraf: allow missing-outlet — the clerk’s own\n  - { id: minutes, title: Meeting minutes }',
} as const satisfies Rule;
