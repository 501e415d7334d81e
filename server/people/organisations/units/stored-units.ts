import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { newId } from '../../../platform/lib/ids.js';
import { forEachOf, insertMany } from '../many-rows.js';
import { Unit, UnitFact } from '../tables.js';
import { keptWithTree, treeChanged } from './kept-trees.js';
import { unitsOn, type UnitOfDay, type UnitSpan } from './unit-tree.js';

const SPANS = sql`select ${columns(UnitFact, 'f', 'id', 'unitId', 'name', 'parentId', 'fromDay', 'toDay')}
  from ${UnitFact} f where f.organisation_id = $1`;

/** All that is said of an organisation's units today, of every day. */
export const unitSpans = keptWithTree((organisationId): Promise<readonly UnitSpan[]> =>
  spansFrom(sql`${SPANS} and f.retired_at is null`, [organisationId]),
);

const spansFrom = async (query: typeof SPANS, params: readonly (string | number)[]): Promise<UnitSpan[]> =>
  (await rows(query, params)).map(({ name, parentId, ...span }) => ({ ...span, value: { name, parentId } }));

/** The tree of a day (in the organisation's zone), as we say it now or as we said it at a moment (epoch ms). */
export async function treeOn(organisationId: string, day: string, saidAt?: number): Promise<UnitOfDay[]> {
  const said = sql`${SPANS} and f.recorded_at <= $2 and (f.retired_at is null or f.retired_at > $2)`;
  return unitsOn(
    saidAt === undefined ? await unitSpans(organisationId) : await spansFrom(said, [organisationId, saidAt]),
    day,
  );
}

/** Retire the spans that are no longer said, and insert the new ones. Joins the transaction of whoever holds the organisation. */
export async function writeSpans(
  organisationId: string,
  { before, after }: { before: readonly UnitSpan[]; after: readonly UnitSpan[] },
  { actorId, now }: { actorId: string | null; now: number },
): Promise<void> {
  await treeChanged(organisationId);
  const retired = before.flatMap(span => (span.id !== null && !after.includes(span) ? span.id : []));
  await forEachOf(retired, [now], list => sql`update ${UnitFact} set retired_at = $1 where id in (${list})`);
  await insertMany(
    UnitFact,
    after
      .filter(({ id }) => id === null)
      .map(({ unitId, value: { name, parentId }, fromDay, toDay }) => ({
        ...{ id: newId(), unitId, organisationId, name, parentId, fromDay, toDay },
        ...{ recordedAt: now, actorId },
      })),
  );
}

/** What is known of a unit besides its name and place; null: the organisation has none of this id. */
export const findUnit = (organisationId: string, unitId: string) =>
  row(
    sql`select ${columns(Unit, 'u', 'id', 'code', 'mergedInto')} from ${Unit} u where u.organisation_id = $1 and u.id = $2`,
    [organisationId, unitId],
  );
