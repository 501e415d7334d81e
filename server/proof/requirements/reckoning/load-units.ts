import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { UnitFact } from '../../../people/organisations/tables.js';
import { keptWithTree } from '../../../people/organisations/units/kept-trees.js';
import type { SaidSpan, UnitParents } from '../requirement-facts.js';

const PARENTS = sql`select ${columns(UnitFact, 'f', 'unitId', 'parentId', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
  from ${UnitFact} f where f.organisation_id = $1`;

/** Where each unit of an organisation stood, and everything that was ever said of it. */
export const loadUnitParents = keptWithTree(async (organisationId): Promise<UnitParents> => {
  const units = new Map<string, SaidSpan<string | null>[]>();
  for (const { unitId, parentId, ...span } of await rows(PARENTS, [organisationId]))
    units.set(unitId, [...(units.get(unitId) ?? []), { ...span, value: parentId }]);
  return units;
});
