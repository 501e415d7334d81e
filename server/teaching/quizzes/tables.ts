import {
  bigint,
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
 * One attempt at one quiz. The row exists from its start; its result is written when it is submitted, and changed only
 * by a regrade.
 */
export const Attempt = defineTable('attempts', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  cycleId: id(),
  courseVersionId: id(),
  /** The module's slug, or `final`. */
  quiz: text(80),
  number: integer(),
  /** JSON: which items, in which order, with their options in which order. */
  form: text(),
  startedAt: moment(),
  /** When its time runs out: fixed at its start and moved only by a pause; null without a limit. */
  deadlineAt: nullable(moment()),
  /** How long after its deadline an answer already on its way still counts (ms). */
  graceMs: filled(integer()),
  /** Since when its clock has been stopped; null while it runs. */
  pausedAt: nullable(moment()),
  /** How long earlier pauses lasted in all (ms). */
  pausedMs: filled(bigint()),
  submittedAt: nullable(moment()),
  /** Who closed it: null while it is open. */
  closedBy: nullable(text<'learner' | 'clock'>(10)),
  points: nullable(integer()),
  maxPoints: nullable(integer()),
  rightAnswers: nullable(integer()),
  passed: nullable(flag()),
  /** JSON: the graded slots. */
  result: nullable(text()),
  /** The number of the newest ruling that its result takes into account. */
  rulingsSeen: nullable(integer()),
  /** The learner's job when it began; null where the course did not ask. */
  job: nullable(text(20)),
});

/** One answer to one question. Rows are only added; the highest sequence of a slot counts. */
export const AttemptAnswer = defineTable('attempt_answers', {
  attemptId: key(id()),
  organisationId: id(),
  slot: key(integer()),
  sequence: key(integer()),
  response: text(),
  /** How sure the learner was; null if they did not say. */
  confidence: nullable(text<'sure' | 'fairly' | 'guess'>(10)),
  answeredAt: moment(),
});

/** Extra time agreed for a learner in an organisation. Rows are only added; the newest counts. */
export const ExtraTime = defineTable('extra_times', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  number: integer(),
  allowance: text<'none' | '25' | '50' | '100' | 'unlimited'>(10),
  /** A day such as 2026-11-24. */
  agreedOn: text(10),
  agreedBy: text(200),
  untilAt: nullable(moment()),
  actorId: id(),
  createdAt: moment(),
});

/** One attempt granted beyond a quiz's limit, in one cycle. */
export const AttemptGrant = defineTable('attempt_grants', {
  cycleId: key(id()),
  organisationId: id(),
  quiz: key(text(80)),
  number: key(integer()),
  actorId: id(),
  createdAt: moment(),
});

/** A safety rule that a learner practised after a failed attempt. */
export const RemediationPractice = defineTable('remediations', {
  attemptId: key(id()),
  organisationId: id(),
  rule: key(text(20)),
  itemId: text(20),
  doneAt: moment(),
});
