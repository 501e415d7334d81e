import { inTransaction } from '../../server/platform/db/transaction.js';
import { treeChanged } from '../../server/people/organisations/units/kept-trees.js';
import { write } from '../support/rows.js';
import { digits, idOf, numbers } from './dialect.js';
import type { Seeded } from './seed.js';

const PLACES = ['Region', 'Base', 'Station', 'Depot', 'Class'];

/** How many units stand below each. */
const BELOW = 8;

/** A tree of units, each with up to eight below it; all are open since 2020. */
export async function fillUnits({ organisationId, units, now }: Seeded): Promise<void> {
  const place = `case (i % 5) ${PLACES.map((name, at) => `when ${at} then '${name}'`).join(' ')} end`;
  const parent = `case when i > 5 then ${idOf('unit', `((i - 6) / ${BELOW} + 1)`)} end`;
  await write(
    `insert into units (id, organisation_id, parent_id, name, code, created_at)
     ${numbers(units)} select ${idOf('unit', 'i')}, $1, ${parent}, ${place} || ' ' || i, 'U' || ${digits('i', 5)}, $2
     from n order by i`,
    [organisationId, now],
  );
  await write(
    `insert into unit_facts (id, unit_id, organisation_id, name, parent_id, from_day, recorded_at)
     ${numbers(units)} select ${idOf('unit-fact', 'i')}, u.id, $1, u.name, u.parent_id, '2020-01-01', $2
     from n join units u on u.id = ${idOf('unit', 'i')}`,
    [organisationId, now],
  );
  await write(
    `insert into unit_ancestors (unit_id, ancestor_id, depth)
     with recursive a (unit_id, ancestor_id, depth) as (
       select id, id, 0 from units where organisation_id = $1
       union all select a.unit_id, u.parent_id, a.depth + 1 from a join units u on u.id = a.ancestor_id
         where u.parent_id is not null)
     select unit_id, ancestor_id, depth from a`,
    [organisationId],
  );
  await inTransaction(() => treeChanged(organisationId));
}
