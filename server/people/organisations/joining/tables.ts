import { defineTable, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A code on a poster by which anybody joins an organisation, in a unit (`unitId`) or in none, for a course or for none.
 * `fromDay` and `untilDay` (exclusive; null: without an end) are days in the organisation's zone. `mostPeople`: how many may
 * join by it; null: any number. Nobody in `madeBy` or `endedBy`: it was done at the command line.
 */
export const JoinCode = defineTable('join_codes', {
  id: key(id()),
  organisationId: id(),
  unitId: nullable(id()),
  courseSlug: nullable(text(80)),
  code: text(8),
  fromDay: text(10),
  untilDay: nullable(text(10)),
  mostPeople: nullable(integer()),
  madeBy: nullable(id()),
  madeAt: moment(),
  endedBy: nullable(id()),
  endedAt: nullable(moment()),
});

/** A membership that joined by a code. */
export const JoinCodeUse = defineTable('join_code_uses', {
  joinCodeId: key(id()),
  membershipId: key(id()),
  usedAt: moment(),
});
