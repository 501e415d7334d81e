import { defineTable, id, key, moment, nullable, text } from '../../platform/db/table.js';

/**
 * Two accounts, or two memberships of one organisation, turned out to be one person's. Without accounts in it, no account was
 * closed. `organisationId`: where it was decided; null: by the installation. Nobody in `mergedBy`: at the command line.
 */
export const Merge = defineTable('merges', {
  id: key(id()),
  organisationId: nullable(id()),
  keptUserId: nullable(id()),
  closedUserId: nullable(id()),
  mergedBy: nullable(id()),
  mergedAt: moment(),
  undoneAt: nullable(moment()),
  undoneBy: nullable(id()),
  undoneBecause: nullable(text<'asked' | 'objection'>(10)),
});

/**
 * What a merge did with a membership. With a `keptId` it was closed in favour of that one; without, it only changed its login.
 * `loginId`: the account that moved, to the kept membership or away from the closed account. `gaveNumber`: the kept one took
 * over this staff number. `asBefore` and `carried`: as JSON, what was said of it, and the ids of the credits that were given.
 */
export const MergedMember = defineTable('merged_members', {
  mergeId: key(id()),
  membershipId: key(id()),
  organisationId: id(),
  keptId: nullable(id()),
  loginId: nullable(id()),
  gaveNumber: nullable(text(60)),
  asBefore: text(),
  carried: text(),
});
