import type { CaseChoice, Walk } from './scenario-walk.js';

/** A branching case, one point for each decision. */
export interface CaseScore {
  /** How many decisions the walked path has, and how many of them were right. */
  readonly steps: number;
  readonly right: number;
  /** The safety rules that unsafe choices broke, in the order of the path. */
  readonly unsafe: readonly string[];
  /** The kind of ending that was reached; null while there are decisions left. */
  readonly ending: NonNullable<Walk['ending']>['kind'] | null;
  readonly passed: boolean;
}

/** The best and the acceptable choices are right; a weak one is not, nor is an unsafe one. */
export const isRight = ({ quality }: Pick<CaseChoice, 'quality'>): boolean =>
  quality === 'best' || quality === 'acceptable';

/** How many of a case's decisions must be right: three quarters of the walked path, rounded up. */
export const rightNeeded = (steps: number): number => Math.ceil((steps * 3) / 4);

/**
 * The result of a case, in whole numbers only. Passed means that an ending was reached, enough decisions were right
 * and none was unsafe: each unsafe choice is a safety-critical miss, whatever the others are worth.
 */
export function scoreCase({ steps, ending }: Pick<Walk, 'steps' | 'ending'>): CaseScore {
  const right = steps.filter(({ choice }) => isRight(choice)).length;
  const unsafe = steps.flatMap(({ choice }) => (choice.quality === 'unsafe' ? [choice.never] : []));
  const passed = ending !== null && right >= rightNeeded(steps.length) && unsafe.length === 0;
  return { steps: steps.length, right, unsafe, ending: ending?.kind ?? null, passed };
}
