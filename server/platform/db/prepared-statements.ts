import type { QueryConfig } from 'pg';
import type { Param } from './lanes.js';

/**
 * How many statements have a name. Each connection to PostgreSQL keeps those that it was asked for, with their plans, until it ends.
 * What the pages of a learner, a manager and an administrator ask for are fewer.
 */
const MOST = 500;

/** How many texts that were asked for once are remembered. */
const MOST_SEEN = 2_000;

/** Gives a statement the name under which a connection keeps it. */
export type Prepare = (text: string, params: readonly Param[]) => QueryConfig;

/**
 * The names of the statements of one database: PostgreSQL plans a statement once for each connection, if it is asked for again. Planning
 * what a page reads takes several times as long as reading it. It goes on planning anew where the values of the parameters make a
 * cheaper plan.
 */
export function preparing(): Prepare {
  const names = new Map<string, string>();
  const seen = new Set<string>();

  function nameOf(text: string): { name?: string } {
    const known = names.get(text);
    if (known) return { name: known };
    if (names.size >= MOST) return {};
    if (!seen.delete(text)) {
      // A list of so many values may never be asked for again.
      if (seen.size >= MOST_SEEN) seen.clear();
      seen.add(text);
      return {};
    }
    const name = `s${names.size}`;
    names.set(text, name);
    return { name };
  }

  return (text, params) => ({ text, values: [...params], ...nameOf(text) });
}
