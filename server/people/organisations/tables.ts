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
 * Who trains people: an employer, an academy, a charity, or this installation's own open organisation. Its time zone
 * decides what "due on the 31st" means for its people.
 */
export const Organisation = defineTable('organisations', {
  id: key(id()),
  slug: text(80),
  name: text(200),
  kind: text<'open' | 'customer'>(20),
  timeZone: text(60),
  shownName: filled(text<'hidden' | 'masked' | 'full'>(10)),
  paper: filled(text<'a4' | 'letter'>(10)),
  createdAt: moment(),
  sector: nullable(
    text<'airline' | 'transport' | 'law-enforcement' | 'charity' | 'education' | 'hospitality' | 'other'>(20),
  ),
  country: nullable(text(2)),
  locale: filled(text(35)),
  contact: nullable(text(254)),
  hotlineCountry: nullable(text(3)),
  retentionMonths: nullable(integer()),
  colour: nullable(text(7)),
  darkColour: nullable(text(7)),
  suspendedAt: nullable(moment()),
  /** How often its tree of units was changed. */
  treeChanges: filled(integer()),
});

/** The picture that an organisation is known by: a PNG that we wrote, in base64. */
export const OrganisationLogo = defineTable('organisation_logos', {
  organisationId: key(id()),
  png: text(),
  sha256: text(64),
  width: integer(),
  height: integer(),
  createdAt: moment(),
});

/**
 * Facts about an organisation are dated twice. `fromDay` and `toDay` (exclusive; null: without an end) are days in its zone
 * (YYYY-MM-DD): when it was so. `recordedAt` and `retiredAt` are moments: when we said so. What was so on a day d as we said
 * at a moment k: `fromDay ≤ d < toDay` and `recordedAt ≤ k < retiredAt`. A row is never changed but for `retiredAt`.
 */
const dated = {
  fromDay: text(10),
  toDay: nullable(text(10)),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
  actorId: nullable(id()),
};

/**
 * A person's place in an organisation, one for each of the two: somebody who comes back finds theirs. Without a `userId`
 * nobody has linked an account to it yet. `employment` and `hiredOn` are today's view of `MembershipFact`.
 */
export const Membership = defineTable('memberships', {
  id: key(id()),
  organisationId: id(),
  userId: nullable(id()),
  employment: filled(text<'active' | 'on-leave' | 'left'>(10)),
  hiredOn: nullable(text(10)),
  /** The folded name, by which lists are ordered. */
  sortName: filled(text(400)),
  /** Its words are still to be written. */
  wordsDue: filled(flag()),
  /** The organisation gave a name, and the account or the newest certificate has another one. */
  namesDiffer: filled(flag()),
  /** Today's view: they have not left, and none of their placements has a job. Requirements that go by job do not reach them. */
  lacksJob: filled(flag()),
  createdAt: moment(),
  /** It was a second membership of this person here, and is closed. */
  mergedInto: nullable(id()),
});

/** A case-folded word by which an organisation finds one of its people. */
export const MemberWord = defineTable('member_words', {
  organisationId: key(id()),
  word: key(text(254)),
  membershipId: key(id()),
});

/** What an organisation knows of its people by name. Apart from the facts, so that it can be erased and they stay. */
export const MembershipPerson = defineTable('membership_people', {
  membershipId: key(id()),
  organisationId: id(),
  name: text(400),
  email: nullable(text(254)),
  staffNumber: nullable(text(60)),
});

/** The name that the account of a membership confirmed last for a certificate here, to be compared with the one that was given. */
export const CertificateName = defineTable('certificate_names', {
  membershipId: key(id()),
  organisationId: id(),
  userId: id(),
  name: text(400),
  confirmedAt: moment(),
});

/** What was so of a membership, from one day to another: its employment, the day of hire, a tag. */
export const MembershipFact = defineTable('membership_facts', {
  id: key(id()),
  membershipId: id(),
  organisationId: id(),
  kind: text<'employment' | 'hired' | 'tag'>(20),
  value: text(60),
  ...dated,
});

/** Members of whom something changed since the worker last looked at what is required of them. */
export const ChangedMembership = defineTable('changed_members', {
  membershipId: key(id()),
  organisationId: id(),
  changedAt: moment(),
});

/** A node of an organisation's tree. `name`, `parentId` and `closedOn` are today's view of `UnitFact`. */
export const Unit = defineTable('units', {
  id: key(id()),
  organisationId: id(),
  parentId: nullable(id()),
  name: text(200),
  code: nullable(text(60)),
  closedOn: nullable(text(10)),
  mergedInto: nullable(id()),
  createdAt: moment(),
});

/** Each unit with itself (depth 0) and every unit above it, today. */
export const UnitAncestor = defineTable('unit_ancestors', {
  unitId: key(id()),
  ancestorId: key(id()),
  depth: integer(),
});

/** What a unit was called and where it stood, from one day to another. After the last `toDay` it is closed. */
export const UnitFact = defineTable('unit_facts', {
  id: key(id()),
  unitId: id(),
  organisationId: id(),
  name: text(200),
  parentId: nullable(id()),
  ...dated,
});

/**
 * Where a person works, and as what. `isHome`: the placement that counts. `hasReach`: today's view: who may see this unit's
 * people sees this person. It stays with the last placement of somebody who has none now.
 */
export const Placement = defineTable('placements', {
  id: key(id()),
  membershipId: id(),
  organisationId: id(),
  unitId: id(),
  job: nullable(text(60)),
  isHome: filled(flag()),
  hasReach: filled(flag()),
  ...dated,
});

/**
 * Who is seen from a unit, today: each with a placement that has reach in it or below it, once, under the name by which lists are
 * ordered. Made from `Placement`, `UnitAncestor` and `Membership`, and written by `people/unit-members.ts` alone.
 */
export const UnitMember = defineTable('unit_members', {
  ancestorId: key(id()),
  sortName: key(text(400)),
  membershipId: key(id()),
});

/** A permission: what a person may do in the whole organisation or, with a `unitId`, in a unit and all below it. */
export const RoleGrant = defineTable('role_grants', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  role: text<'manager' | 'instructor' | 'auditor' | 'administrator'>(20),
  unitId: nullable(id()),
  fromDay: text(10),
  untilDay: nullable(text(10)),
  grantedBy: nullable(id()),
  grantedAt: moment(),
  endedBy: nullable(id()),
  endedAt: nullable(moment()),
});

/** Somebody was told that their role will ask for a second step: once for each moment from which it does. */
export const FactorReminder = defineTable('factor_reminders', {
  userId: key(id()),
  askedFrom: key(moment()),
  remindedAt: moment(),
});

/** Up to which day an organisation's views are today's: its zone decides when a day turns. */
export const OrganisationDay = defineTable('organisation_days', {
  organisationId: key(id()),
  day: text(10),
});

/** A person turned a kind of optional mail off, or on again, in an organisation. Without a row it is on. */
export const MailChoice = defineTable('mail_choices', {
  mail: key(text<'refreshers' | 'reminders' | 'digests'>(20)),
  organisationId: key(id()),
  userId: key(id()),
  turnedOffAt: nullable(moment()),
  changedAt: moment(),
});
