import { row, rows } from '../../../db/rows.js';
import { as, columns, renamed, sql } from '../../../db/sql.js';
import { integer } from '../../../db/table.js';
import { Certificate, Revocation, Supersession, Suspension } from '../../tables.js';
import { MISSING, UNRECORDED, type Discrepancy } from './discrepancy.js';
import { recordedEvents } from './recorded-events.js';

const CHANGE = { id: 'certificateId', reason: 'reason', actorId: 'actorId' } as const;

/** The tables of changes of state, each with its rows and the event that records one. */
const CHANGES = [
  {
    table: Revocation,
    event: 'certificate.revoked',
    stored: sql`select ${renamed(Revocation, 'r', { ...CHANGE, at: 'revokedAt' })} from ${Revocation} r order by 1`,
  },
  {
    table: Suspension,
    event: 'certificate.suspended',
    stored: sql`select ${renamed(Suspension, 's', { ...CHANGE, at: 'suspendedAt' })} from ${Suspension} s order by 1`,
  },
  {
    table: Supersession,
    event: 'certificate.superseded',
    stored: sql`select ${renamed(Supersession, 's', { ...CHANGE, at: 'supersededAt' })} from ${Supersession} s order by 1`,
  },
] as const;

/** Every change of state is as the audit log records it, and every one that is recorded is there. */
export async function* checkStateChanges(): AsyncGenerator<Discrepancy> {
  for (const change of CHANGES) yield* checkChange(change);
  yield* checkSuperseded();
}

async function* checkChange({ table, event, stored }: (typeof CHANGES)[number]): AsyncGenerator<Discrepancy> {
  const recorded = new Map<string, string>();
  for await (const { payload, actorId, createdAt } of recordedEvents(event)) {
    const { certificateId: id, reason } = payload;
    recorded.set(id, JSON.stringify([reason, actorId, createdAt]));
    if (!(await row(sql`select 1 ${as('here', integer())} from ${table} where certificate_id = $1`, [id])))
      yield { table: table.table, row: id, problem: `${MISSING}, and the audit log records it` };
  }
  for (const { id, reason, actorId, at } of await rows(stored))
    if (recorded.get(id) !== JSON.stringify([reason, actorId, at]))
      yield { table: table.table, row: id, problem: UNRECORDED };
}

const MISMATCHED = sql`select ${columns(Certificate, 'c', 'id')}
  from ${Certificate} c left join ${Supersession} s on s.certificate_id = c.id
  where coalesce(c.superseded_at, 0) <> coalesce(s.superseded_at, 0) order by c.id`;

/** A certificate says when it was superseded, and so does the row that names its replacement: the two agree. */
async function* checkSuperseded(): AsyncGenerator<Discrepancy> {
  const problem = 'edited: superseded_at is not that of its supersession';
  for (const { id } of await rows(MISMATCHED)) yield { table: Certificate.table, row: id, problem };
}
