import { ofDatabase } from '../../../platform/db/connect.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { currentTransaction } from '../../../platform/db/transaction.js';
import { Organisation } from '../tables.js';

/** Organisations whose trees are kept at most, those that were asked for last. */
const MOST = 50;

interface Kept<T> {
  readonly changes: number;
  readonly tree: T;
}

/**
 * What `read` reads of an organisation's units, kept in memory until the tree changes: to read two thousand units costs more than
 * the page that names one of them. A transaction reads for itself, since it may see what is not committed. Callers share what is
 * kept: nobody may change it.
 */
export function keptWithTree<T>(
  read: (organisationId: string) => Promise<T>,
): (organisationId: string) => Promise<T> {
  const kept = ofDatabase(() => new Map<string, Kept<T>>());
  return async organisationId => {
    if (currentTransaction()) return read(organisationId);
    // Before the tree is read: what is kept is never older than it says.
    const changes = await treeChanges(organisationId);
    const known = kept().get(organisationId);
    const tree = known?.changes === changes ? known.tree : await read(organisationId);
    keep(kept(), organisationId, { changes, tree });
    return tree;
  };
}

/** As the newest. */
function keep<T>(kept: Map<string, Kept<T>>, organisationId: string, tree: Kept<T>): void {
  kept.delete(organisationId);
  kept.set(organisationId, tree);
  for (const oldest of kept.keys()) if (kept.size > MOST) kept.delete(oldest);
}

const CHANGES = sql`select ${columns(Organisation, 'o', 'treeChanges')} from ${Organisation} o where o.id = $1`;

const treeChanges = async (organisationId: string): Promise<number> =>
  (await row(CHANGES, [organisationId]))?.treeChanges ?? 0;

const CHANGED = sql`update ${Organisation} set tree_changes = tree_changes + 1 where id = $1`;

/** The tree of an organisation is no more what was kept of it. In the transaction of the change. */
export const treeChanged = (organisationId: string): Promise<unknown> => rows(CHANGED, [organisationId]);
