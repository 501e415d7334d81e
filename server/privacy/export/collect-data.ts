import { ownRows } from '../../db/personal-data.js';
import { inSnapshot } from '../../db/read-snapshot.js';
import { membershipIdsOf, organisationsOfAccount } from '../../organisations/people/own-memberships.js';
import { PERSONAL_TABLES } from '../personal-tables.js';
import { readable } from './readable-row.js';

/** The rows of one kind: `kind` names the file, and the text that says what it is. */
export interface ExportedKind {
  readonly kind: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** All that is held of a person, as it was at one moment: each slice says which of its rows are theirs. */
export const collectData = (userId: string): Promise<ExportedKind[]> =>
  inSnapshot(async () => {
    const whose = { userId, membershipIds: await membershipIdsOf(userId) };
    const kinds: ExportedKind[] = [];
    for (const table of PERSONAL_TABLES) {
      if (!('as' in table.exported)) continue;
      const rows = await ownRows(table, whose);
      kinds.push({ kind: table.exported.as, rows: rows.map(row => readable(row, table.table)) });
    }
    return [...kinds, { kind: 'organisations', rows: await organisationsOfAccount(userId) }];
  });

/** What no export holds, and why. */
export const NOT_EXPORTED: readonly { readonly table: string; readonly why: string }[] =
  PERSONAL_TABLES.flatMap(({ table, exported }) =>
    'not' in exported ? [{ table: table.table, why: exported.not }] : [],
  );
