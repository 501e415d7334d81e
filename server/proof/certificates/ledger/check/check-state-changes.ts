import { row, rows } from '../../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { Certificate, Revocation, Supersession, Suspension } from '../../tables.js';
import { MISSING, UNRECORDED, type Discrepancy } from './discrepancy.js';
import { recordedAt, recordedEvents } from './recorded-events.js';
import type { Start } from './ledger-start.js';

const CHANGE = { id: 'certificateId', reason: 'reason', actorId: 'actorId' } as const;

/** The tables of changes of state, each with its rows and the event that records one. */
const CHANGES = [
  {
    table: Revocation,
    event: 'certificate.revoked',
    stored: sql`select ${renamed(Revocation, 'r', { ...CHANGE, at: 'revokedAt' })} from ${Revocation} r where revoked_at > $1 order by 1`,
  },
  {
    table: Suspension,
    event: 'certificate.suspended',
    stored: sql`select ${renamed(Suspension, 's', { ...CHANGE, at: 'suspendedAt' })} from ${Suspension} s where suspended_at > $1 order by 1`,
  },
  {
    table: Supersession,
    event: 'certificate.superseded',
    stored: sql`select ${renamed(Supersession, 's', { ...CHANGE, at: 'supersededAt' })} from ${Supersession} s where superseded_at > $1 order by 1`,
  },
] as const;

/** By how much the times of rows may differ from the order of their events (ms): clocks differ, and whoever began first may end last. */
const CLOCKS = 600_000;

/** Every change of state is as the audit log records it, and every one that is recorded is there. */
export async function* checkStateChanges(start: Start | null = null): AsyncGenerator<Discrepancy> {
  for (const change of CHANGES) yield* checkChange(change, start);
  yield* checkSuperseded();
}

async function* checkChange(
  { table, event, stored }: (typeof CHANGES)[number],
  start: Start | null,
): AsyncGenerator<Discrepancy> {
  const recorded = new Map<string, string>();
  for await (const change of recordedEvents(event, start)) {
    const { certificateId: id } = change.payload;
    recorded.set(id, textOf(change));
    if (!(await row(sql`select 1 ${as('here', integer())} from ${table} where certificate_id = $1`, [id])))
      yield { table: table.table, row: id, problem: `${MISSING}, and the audit log records it` };
  }
  for (const { id, reason, actorId, at } of await rows(stored, [start ? start.signedAt - CLOCKS : 0])) {
    const text = recorded.get(id) ?? (start ? await textAt(event, Number(at), id) : null);
    if (text !== JSON.stringify([reason, actorId, at]))
      yield { table: table.table, row: id, problem: UNRECORDED };
  }
}

type Change = (typeof CHANGES)[number]['event'];
type RecordedChange = Awaited<ReturnType<typeof recordedAt<Change>>>[number];

const textOf = ({ payload: { reason }, actorId, createdAt }: RecordedChange): string =>
  JSON.stringify([reason, actorId, createdAt]);

/** A row whose event stands before the start: it was written at about the time when the head was signed. */
async function textAt(event: Change, at: number, certificateId: string): Promise<string | null> {
  const found = await recordedAt(event, at);
  const own = found.find(({ payload }) => payload.certificateId === certificateId);
  return own ? textOf(own) : null;
}

const MISMATCHED = sql`select ${columns(Certificate, 'c', 'id')}
  from ${Certificate} c left join ${Supersession} s on s.certificate_id = c.id
  where coalesce(c.superseded_at, 0) <> coalesce(s.superseded_at, 0) order by c.id`;

/** A certificate says when it was superseded, and so does the row that names its replacement: the two agree. */
async function* checkSuperseded(): AsyncGenerator<Discrepancy> {
  const problem = 'edited: superseded_at is not that of its supersession';
  for (const { id } of await rows(MISMATCHED)) yield { table: Certificate.table, row: id, problem };
}
