import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import type { PersonAnswers } from './preview/compare.js';
import type { Summary, VerdictKind } from './preview/summary.js';
import type { RosterColumns } from './reading/columns.js';
import type { DayOrder } from './reading/roster-days.js';
import type { RosterTable } from './reading/roster-table.js';
import { Roster } from './tables.js';

/** What somebody chose for a file. `isWhole`: whoever is not in it leaves; `makesUnits`: missing units are made. */
export interface RosterChoice {
  readonly columns: RosterColumns;
  readonly dayOrder: DayOrder | null;
  readonly isWhole: boolean;
  readonly makesUnits: boolean;
  readonly answers: PersonAnswers;
}

export type VerdictCounts = Readonly<Record<VerdictKind, number>>;

/** A roster as pages and verbs read it. */
export type RosterFacts = Omit<Row<typeof Roster>, 'source' | 'header' | 'chosen' | 'preview' | 'counts'> & {
  readonly source: RosterTable['source'];
  readonly header: readonly string[];
  readonly chosen: RosterChoice | null;
  readonly preview: Summary | null;
  readonly counts: VerdictCounts | null;
};

/** Who acts, and when (epoch ms). */
export interface By {
  readonly actorId: string;
  readonly now: number;
}

const ROSTER = sql`select
    ${columns(Roster, 'r', 'id', 'organisationId', 'fileName', 'fileHash', 'source', 'header', 'rowCount', 'partCount')},
    ${columns(Roster, 'r', 'uploadedBy', 'uploadedAt', 'state', 'chosen', 'preview', 'inputsHash', 'previewedAt')},
    ${columns(Roster, 'r', 'confirmedBy', 'confirmedAt', 'partsDone', 'counts', 'finishedAt', 'removedAt')}
  from ${Roster} r`;

/** A roster of an organisation; null where it has none with this id. */
export async function findRoster(organisationId: string, id: string): Promise<RosterFacts | null> {
  const found = await row(sql`${ROSTER} where r.organisation_id = $1 and r.id = $2`, [organisationId, id]);
  return found && parsed(found);
}

/** A roster that an event names. Throws where it is gone. */
export async function rosterById(id: string): Promise<RosterFacts> {
  const found = await row(sql`${ROSTER} where r.id = $1`, [id]);
  if (!found) throw new Error('A roster is missing');
  return parsed(found);
}

/** What a list of rosters shows of each, newest first. */
export const rostersOf = (organisationId: string, limit: number) =>
  rows(
    sql`select ${columns(Roster, 'r', 'id', 'fileName', 'rowCount', 'state', 'uploadedAt', 'removedAt')} from ${Roster} r
        where r.organisation_id = $1 order by r.uploaded_at desc, r.id limit $2`,
    [organisationId, limit],
  );

/** The roster that is being imported; null where none is. */
export const runningRoster = (organisationId: string) =>
  row(
    sql`select ${columns(Roster, 'r', 'id', 'fileName')} from ${Roster} r
        where r.organisation_id = $1 and r.state = 'confirmed'`,
    [organisationId],
  );

/** The columns that were chosen last in an organisation, and the header that they were chosen for. */
export async function lastColumns(
  organisationId: string,
): Promise<{ header: readonly string[]; columns: RosterColumns } | null> {
  const found = await row(
    sql`select ${columns(Roster, 'r', 'header', 'chosen')} from ${Roster} r
        where r.organisation_id = $1 and r.chosen is not null order by r.previewed_at desc limit 1`,
    [organisationId],
  );
  if (!found?.chosen) return null;
  return {
    header: JSON.parse(found.header) as string[],
    columns: (JSON.parse(found.chosen) as RosterChoice).columns,
  };
}

function parsed({ source, header, chosen, preview, counts, ...facts }: Row<typeof Roster>): RosterFacts {
  return {
    ...facts,
    source: JSON.parse(source) as RosterFacts['source'],
    header: JSON.parse(header) as string[],
    chosen: chosen === null ? null : (JSON.parse(chosen) as RosterChoice),
    preview: preview === null ? null : (JSON.parse(preview) as Summary),
    counts: counts === null ? null : (JSON.parse(counts) as VerdictCounts),
  };
}
