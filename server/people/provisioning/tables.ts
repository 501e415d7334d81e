import {
  defineTable,
  filled,
  flag,
  id,
  integer,
  key,
  moment,
  nullable,
  text,
} from '../../platform/db/table.js';

/**
 * What an organisation's directory may do, as an administrator chose. `unitFrom`: the attribute that names the unit in which somebody
 * works. `invites`: whoever is new is invited by mail, in the name of `keptBy`.
 */
export const ProvisioningSettings = defineTable('provisioning_settings', {
  organisationId: key(id()),
  unitFrom: text<'none' | 'department' | 'costCenter' | 'organization' | 'division'>(20),
  invites: flag(),
  keptBy: nullable(id()),
  keptAt: moment(),
});

/**
 * Somebody whom a directory keeps. `userName` in lower case; as it was written it stands in `told`, with everything else that the
 * directory told, in JSON. `removedAt`: the directory no longer keeps them; their entry has ended, and stays.
 */
export const ProvisionedPerson = defineTable('provisioned_people', {
  id: key(id()),
  organisationId: id(),
  membershipId: id(),
  userName: text(400),
  externalId: nullable(text(400)),
  told: text(),
  createdAt: moment(),
  changedAt: moment(),
  removedAt: nullable(moment()),
});

/** A group of a directory. `means`: what being in it brings here (null: nothing), in a unit or, without one, in the organisation. */
export const ProvisionedGroup = defineTable('provisioned_groups', {
  id: key(id()),
  organisationId: id(),
  displayName: text(400),
  foldedName: text(400),
  externalId: nullable(text(400)),
  means: nullable(text<'place' | 'manager' | 'instructor'>(20)),
  unitId: nullable(id()),
  createdAt: moment(),
  changedAt: moment(),
});

/** How many people a directory keeps. */
export const ProvisioningCount = defineTable('provisioning_counts', {
  organisationId: key(id()),
  people: integer(),
});

/**
 * Somebody in a group. `isOpen`: something remains to be done for them. `isLeaving`: they were taken out, and that is to be undone.
 * `done`: what they got by it, '' for nothing.
 */
export const ProvisionedGroupMember = defineTable('provisioned_group_members', {
  groupId: key(id()),
  personId: key(id()),
  isOpen: filled(flag()),
  isLeaving: filled(flag()),
  done: filled(text(80)),
});

/** One of the last requests of a directory, without any of what it told. */
export const ProvisioningRequest = defineTable('provisioning_requests', {
  id: key(id()),
  organisationId: id(),
  method: text(10),
  path: text(200),
  status: integer(),
  detail: nullable(text(400)),
  askedAt: moment(),
});
