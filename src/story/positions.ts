import { sectionsOf } from '../sections/each.js';
import type { Story } from './story.js';

/** A position, and the outlets that take it; null for those whose position is not said. */
export interface Position {
  position: string | null;
  outlets: string[];
}

/** The press review of a story by position, in the order in which positions are first taken. */
export function positionsOf(story: Story): Position[] {
  const outlets = new Map(story.sources.map(({ id, outlet, title }) => [id, outlet ?? title ?? id]));
  const items = [...sectionsOf(story.sections)].flatMap(({ section }) =>
    section.kind === 'coverage' ? (section.items ?? []) : [],
  );
  if (!items.some(({ position }) => position !== undefined)) return [];
  return byPosition(
    items,
    ({ position }) => position,
    ({ source }) => outlets.get(source.normalize('NFC')) ?? source,
  );
}

/** Entries of a press review by position; those without one come last. */
export function byPosition<T>(
  items: readonly T[],
  positionOf: (item: T) => string | null | undefined,
  outletOf: (item: T) => string,
): Position[] {
  const groups = new Map<string | null, Position>();
  for (const item of items) {
    const position = positionOf(item) ?? null;
    const key = position?.toLowerCase() ?? null; // "Critical" is "critical"
    const group = groups.get(key) ?? { position, outlets: [] };
    groups.set(key, group);
    const outlet = outletOf(item);
    if (!group.outlets.includes(outlet)) group.outlets.push(outlet);
  }
  const all = [...groups.values()];
  return [...all.filter(({ position }) => position !== null), ...all.filter(({ position }) => position === null)];
}
