import { isAtLeast, LEVELS, type Level } from '../../questions/levels.js';
import type { Minimum } from './filling.js';

/** The part of an item that a minimum looks at. */
interface Measured {
  readonly objective: string;
  readonly level: Level;
  readonly critical: string | false;
}

/** The minimum numbers of items in every form of a quiz. */
export interface Minimums {
  readonly minCritical: number;
  /** Items at this level or above: an item at a higher level counts for the lower ones, too. */
  readonly levels?: { readonly [name in Level]?: number | undefined } | undefined;
  readonly objectives?: { readonly [id: string]: number } | undefined;
}

/** The minimums of a quiz one by one, the hardest to meet first; `name` follows a number. */
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

/** For example "2 safety-critical items". */
export const minimumText = ({ count, name }: { count: number; name: string }): string =>
  `${count} ${count === 1 ? name.replace('items', 'item') : name}`;
