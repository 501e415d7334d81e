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

/** A person takes a course in an organisation: one row for good. */
export const Enrolment = defineTable('enrolments', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  courseSlug: text(80),
  createdAt: moment(),
  /** What the person works as, where the course asks; null until they have chosen. */
  job: nullable(text(20)),
});

/** One cycle of an enrolment, from the first page to a certificate. Renewal opens the next one; none is reset. */
export const Cycle = defineTable('cycles', {
  id: key(id()),
  enrolmentId: id(),
  organisationId: id(),
  userId: id(),
  courseVersionId: id(),
  number: integer(),
  openedAt: moment(),
  completedAt: nullable(moment()),
  /** Why it was opened. */
  because: filled(text<'first' | 'window' | 'material' | 'lapsed' | 'revoked' | 'required'>(10)),
  /** What it asks for: the whole course, or the shorter path of those who renew. */
  path: filled(text<'whole' | 'renewal'>(10)),
  /** It was left before its end, so that the next one could begin. */
  leftAt: nullable(moment()),
  leftBecause: nullable(text<'newer-version' | 'merged' | 'erased'>(20)),
  /** Its completion stands among the credits. */
  isCredited: filled(flag()),
});

/** A lesson read to its end in a cycle; the first time counts. */
export const LessonReading = defineTable('lesson_readings', {
  cycleId: key(id()),
  organisationId: id(),
  moduleSlug: key(text(80)),
  lessonSlug: key(text(120)),
  finishedAt: moment(),
});

/** A quiz passed in a cycle, and the attempt that passed it. */
export const QuizPass = defineTable('quiz_passes', {
  cycleId: key(id()),
  organisationId: id(),
  quiz: key(text(80)),
  attemptId: id(),
  passedAt: moment(),
});

/** A practice quiz that was taken in a cycle, whatever came of it, and the first attempt that was submitted. */
export const PracticeRun = defineTable('practice_runs', {
  cycleId: key(id()),
  organisationId: id(),
  quiz: key(text(80)),
  attemptId: id(),
  takenAt: moment(),
});

/** A pass that no longer counts, once for each attempt and cause. `passedAt` is null where it did not count before. */
export const PassWithdrawal = defineTable('pass_withdrawals', {
  attemptId: key(id()),
  cause: key(text(80)),
  organisationId: id(),
  cycleId: id(),
  quiz: text(80),
  passedAt: nullable(moment()),
  actorId: id(),
  withdrawnAt: moment(),
});

/** The name that a learner confirmed for the certificate of a cycle. Rows are only added; the newest counts. */
export const ConfirmedName = defineTable('confirmed_names', {
  cycleId: key(id()),
  number: key(integer()),
  organisationId: id(),
  userId: id(),
  name: text(400),
  confirmedAt: moment(),
  /** Who vouches for the name, as it was compared at the confirmation; null: nobody compared it then. */
  assurance: nullable(text<'holder' | 'listed' | 'approved'>(10)),
});
