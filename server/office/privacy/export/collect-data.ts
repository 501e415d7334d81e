import { mergedAccounts } from '../../../people/accounts/merged-accounts.js';
import { ownRows, personalTables, type PersonIds } from '../../../platform/db/personal-data.js';
import { inSnapshot } from '../../../platform/db/read-snapshot.js';
import { oneByOne } from '../../../platform/lib/lists/one-by-one.js';
import {
  membershipIdsOf,
  organisationsOfAccount,
} from '../../../people/organisations/people/own-memberships.js';
import { readable } from './readable-row.js';

/** The rows of one kind: `kind` names the file, and the text that says what it is. */
export interface ExportedKind {
  readonly kind: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * All that is held of a person, as it was at one moment, with accounts that were merged into theirs: each slice says which of its
 * rows are theirs.
 */
export const collectData = (userId: string): Promise<ExportedKind[]> =>
  inSnapshot(async () => {
    const accounts = [userId, ...(await mergedAccounts(userId))];
    const whose = await oneByOne(accounts, idsOf);
    const kinds: ExportedKind[] = [];
    for (const table of personalTables()) {
      if (!('as' in table.exported)) continue;
      const rows = (await oneByOne(whose, ids => ownRows(table, ids))).flat();
      kinds.push({ kind: table.exported.as, rows: once(rows).map(row => readable(row, table.table)) });
    }
    const organisations = (await oneByOne(accounts, organisationsOfAccount)).flat();
    return [...kinds, { kind: 'organisations', rows: once(organisations) }];
  });

const idsOf = async (userId: string): Promise<PersonIds> => ({
  userId,
  membershipIds: await membershipIdsOf(userId),
});

/** A membership that was merged into another is found by both of its accounts. */
const once = <R extends object>(rows: readonly R[]): R[] => [
  ...new Map(rows.map(row => [JSON.stringify(row), row])).values(),
];

/** What no export holds, and why. */
export const notExported = (): { readonly table: string; readonly why: string }[] =>
  personalTables().flatMap(({ table, exported }) =>
    'not' in exported ? [{ table: table.table, why: exported.not }] : [],
  );
