import { row, rows } from '../../../db/rows.js';
import type { EventName } from '../../../events/event-payloads.js';
import { MISSING, UNRECORDED, type Finding } from './discrepancy.js';
import { told } from './rows.js';

/** The tables of rulings, each with its column of time and the event that tells of it. */
const RULINGS = [
  { table: 'revocations', at: 'revoked_at', event: 'certificate.revoked' },
  { table: 'suspensions', at: 'suspended_at', event: 'certificate.suspended' },
  { table: 'supersessions', at: 'superseded_at', event: 'certificate.superseded' },
] as const satisfies readonly { table: string; at: string; event: EventName }[];

interface Ruling {
  readonly id: string;
  readonly reason: string;
  readonly actorId: string | null;
  readonly at: number;
}

/** Every ruling stands as the audit log tells it, and every one that is told stands. */
export async function* checkRulings(): AsyncGenerator<Finding> {
  for (const { table, at, event } of RULINGS) {
    const tellings = new Map<string, string>();
    for await (const { payload, actorId, createdAt } of told(event)) {
      const { certificateId: id, reason } = payload;
      tellings.set(id, JSON.stringify([reason, actorId, createdAt]));
      if (!(await row(`select 1 as here from ${table} where certificate_id = $1`, [id])))
        yield { table, row: id, problem: `${MISSING}, and the audit log tells of it` };
    }
    const found = await rows<Ruling>(
      `select certificate_id as id, reason, actor_id as "actorId", ${at} as at from ${table} order by 1`,
    );
    for (const { id, reason, actorId, at: when } of found)
      if (tellings.get(id) !== JSON.stringify([reason, actorId, when]))
        yield { table, row: id, problem: UNRECORDED };
  }
  yield* checkSuperseded();
}

/** The mark of a superseded certificate and the row that tells what took its place go together. */
async function* checkSuperseded(): AsyncGenerator<Finding> {
  const found = await rows<{ id: string }>(
    `select c.id from certificates c left join supersessions s on s.certificate_id = c.id
     where coalesce(c.superseded_at, 0) <> coalesce(s.superseded_at, 0) order by c.id`,
  );
  for (const { id } of found)
    yield {
      table: 'certificates',
      row: id,
      problem: 'edited: superseded_at is not that of its supersession',
    };
}
