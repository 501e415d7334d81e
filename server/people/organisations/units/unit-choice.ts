import { typed } from '../../../platform/http/forms.js';
import { foldedWords } from '../../../platform/lib/text/folding.js';
import { UNITS_ON_PAGE } from './tree-part.js';
import type { UnitOption } from './unit-options.js';

/** So many of those that were found are shown. */
const MOST_FOUND = 20;

/** What a form offers to choose from: all units (`query` null), or those that were found and what was chosen before. */
export interface UnitChoice {
  readonly query: string | null;
  readonly options: readonly UnitOption[];
  /** Found, and not shown: there are too many. */
  readonly more: number;
}

/** Units as a form offers them. `chosen`: the id of one, or several; `query`: the beginnings of words of its path, or of its code. */
export function unitChoice(
  all: readonly UnitOption[],
  { chosen, query }: { chosen: string | readonly string[]; query: string },
): UnitChoice {
  if (all.length <= UNITS_ON_PAGE) return { query: null, options: all, more: 0 };
  const kept = new Set([chosen].flat());
  const wanted = foldedWords(query);
  const isFound = ({ label }: UnitOption): boolean => {
    const words = foldedWords(label);
    return wanted.every(part => words.some(word => word.startsWith(part)));
  };
  // To fold thousands of names takes as long as the rest of a page.
  const found = wanted.length === 0 ? [] : all.filter(unit => !kept.has(unit.value) && isFound(unit));
  const options = [...all.filter(({ value }) => kept.has(value)), ...found.slice(0, MOST_FOUND)];
  return { query, options, more: Math.max(0, found.length - MOST_FOUND) };
}

/** What was typed to find a unit. */
export const unitQuery = (body: unknown): string => typed(body, 'unitQuery').trim();

/**
 * Whether a form is to be shown again with the units that were looked for: somebody pressed to find one, or typed a name and
 * has not seen yet what it finds. Otherwise a role that was meant for a unit would be given in the whole organisation.
 */
export const isToFindUnit = (body: unknown): boolean =>
  typed(body, 'find') === 'unit' || unitQuery(body) !== typed(body, 'unitFound').trim();
