import { isAtLeast, LEVELS, type Level } from '../../questions/levels.js';
import type { Minimum } from './filling.js';

/** What a minimum looks at in an item. */
interface Measured {
  readonly objective: string;
  readonly level: Level;
  readonly critical: string | false;
}

/** What every form of a quiz holds at least, in items. */
export interface Minimums {
  readonly minCritical: number;
  /** At this level or above: an item that asks for more counts for the lower levels too. */
  readonly levels?: { readonly [name in Level]?: number | undefined } | undefined;
  readonly objectives?: { readonly [id: string]: number } | undefined;
}

/** The minimums of a quiz one by one, what is hardest to meet first; `name` reads on from a number. */
export function minimumsOf({ minCritical, levels = {}, objectives = {} }: Minimums): Minimum<Measured>[] {
  const all: Minimum<Measured>[] = [
    ...Object.keys(objectives)
      .sort()
      .map(id => ({
        name: `items on ${id}`,
        count: objectives[id] ?? 0,
        fits: (item: Measured) => item.objective === id,
      })),
    { name: 'safety-critical items', count: minCritical, fits: item => item.critical !== false },
    ...LEVELS.toReversed().map(level => ({
      name: `items at ${level} or above`,
      count: levels[level] ?? 0,
      fits: (item: Measured) => isAtLeast(item.level, level),
    })),
  ];
  return all.filter(({ count }) => count > 0);
}

/** "2 safety-critical items", for people. */
export const minimumText = ({ count, name }: { count: number; name: string }): string =>
  `${count} ${count === 1 ? name.replace('items', 'item') : name}`;
