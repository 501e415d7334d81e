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

/** Something that an organisation requires of its people: identity only. What it says stands in its versions. */
export const Requirement = defineTable('requirements', {
  id: key(id()),
  organisationId: id(),
  createdAt: moment(),
  actorId: nullable(id()),
});

/**
 * What is required from a day on. Never edited: of the versions whose `fromDay` has come on a day, the one with the highest
 * number is in force. `rule` is a `Rule` as JSON. `undoes`: the version that this one takes back.
 */
export const RequirementVersion = defineTable('requirement_versions', {
  id: key(id()),
  requirementId: id(),
  organisationId: id(),
  number: integer(),
  title: text(200),
  fromDay: text(10),
  rule: text(),
  undoes: nullable(id()),
  recordedAt: moment(),
  actorId: nullable(id()),
});

/** One requirement on one membership, once and for good: identity only. What came of it stands in its intervals. */
export const Assignment = defineTable('assignments', {
  id: key(id()),
  requirementId: id(),
  membershipId: id(),
  organisationId: id(),
  createdAt: moment(),
});

/** A `Standing` (`standings.ts`). */
const standing = () =>
  text<
    | 'not-required'
    | 'waived'
    | 'on-leave'
    | 'gap'
    | 'overdue'
    | 'in-grace'
    | 'expiring'
    | 'current'
    | 'due-soon'
    | 'not-yet-due'
  >(15);

/** Dated twice, as facts of an organisation are (`server/people/organisations/tables.ts`). */
const dated = {
  fromDay: text(10),
  toDay: nullable(text(10)),
  recordedAt: moment(),
  retiredAt: nullable(moment()),
};

/** Somebody was added to a requirement, or taken out of it, by hand, whatever its audience says. */
export const AssignmentMark = defineTable('assignment_marks', {
  id: key(id()),
  requirementId: id(),
  membershipId: id(),
  organisationId: id(),
  mark: text<'added' | 'removed'>(10),
  ...dated,
  actorId: nullable(id()),
});

/**
 * A waiver: nothing is required on these days. An extension: on these days `dueDay` is the day by which. Both end by
 * themselves. `isSoleDecider`: nobody else could have decided about this person.
 */
export const Exemption = defineTable('exemptions', {
  id: key(id()),
  requirementId: id(),
  membershipId: id(),
  organisationId: id(),
  kind: text<'waiver' | 'extension'>(10),
  /** The class of reason, from a closed list. */
  reason: text(30),
  ...dated,
  toDay: text(10),
  dueDay: nullable(text(10)),
  isSoleDecider: filled(flag()),
  actorId: nullable(id()),
  retiredBy: nullable(id()),
});

/** What was noted about an exemption. Apart from the facts, so that it can be erased and they stay. */
export const ExemptionNote = defineTable('exemption_notes', {
  exemptionId: key(id()),
  organisationId: id(),
  note: text(1000),
});

/**
 * How somebody stands with a requirement, from one day to another, the future included. `unitId`: the unit of their home
 * placement. `dueDay`: the day by which something has to be done. `because` is a `Because` as JSON. Rows are written by
 * the worker alone: a new reckoning retires and inserts only rows that differ.
 */
export const StandingInterval = defineTable('standing_intervals', {
  id: key(id()),
  organisationId: id(),
  requirementId: id(),
  assignmentId: id(),
  membershipId: id(),
  unitId: nullable(id()),
  standing: standing(),
  dueDay: nullable(text(10)),
  because: text(),
  ...dated,
});

/**
 * Up to which day (inclusive) an organisation's intervals are counted, all of them. Whoever reckons for an organisation counts
 * `fence` up first: who then finds another number has been overtaken, and stops.
 */
export const StandingDay = defineTable('standing_days', {
  organisationId: key(id()),
  day: text(10),
  fence: filled(integer()),
});

/** Up to which day (inclusive) the intervals of one requirement are counted. */
export const RequirementDay = defineTable('requirement_days', {
  requirementId: key(id()),
  organisationId: id(),
  day: text(10),
});

/** A member all of whose requirements are to be reckoned. */
export const ReckoningMember = defineTable('reckoning_members', {
  membershipId: key(id()),
  organisationId: id(),
});

/** A requirement that is to be reckoned for all members whose ids come after `after`. */
export const ReckoningRequirement = defineTable('reckoning_requirements', {
  requirementId: key(id()),
  organisationId: id(),
  after: filled(text(36)),
});

/** How many people stand how today, in a unit and below it by home placement; '' is the whole organisation. */
export const StandingCount = defineTable('standing_counts', {
  requirementId: key(id()),
  unitId: key(text(36)),
  standing: key(standing()),
  organisationId: id(),
  people: integer(),
  /** The day, of those that are counted, on which the number changed last. */
  changedOn: nullable(text(10)),
});

/** For how many people, who stand so that something is still to be done in time (`AHEAD`), it is due on which day; otherwise the same. */
export const DueCount = defineTable('due_counts', {
  requirementId: key(id()),
  unitId: key(text(36)),
  dueDay: key(text(10)),
  organisationId: id(),
  people: integer(),
});

/** How many people stood how, as we said it at the end of each day on which it had changed. */
export const StandingTrend = defineTable('standing_trends', {
  requirementId: key(id()),
  unitId: key(text(36)),
  day: key(text(10)),
  standing: key(standing()),
  organisationId: id(),
  people: integer(),
});

/** An organisation asks nothing anew of its people because of a material change of a course. */
export const ChangeTakenAsMinor = defineTable('changes_taken_as_minor', {
  organisationId: key(id()),
  courseVersionId: key(id()),
  actorId: nullable(id()),
  decidedAt: moment(),
});
