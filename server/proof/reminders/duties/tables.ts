import { defineTable, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/** What came of a reminder: it went out or is on its way; a later one took its place; or why it did not go out (`mail-reach.ts`). */
const outcome = () =>
  text<
    | 'due'
    | 'overtaken'
    | 'no-address'
    | 'shared'
    | 'bounced'
    | 'declined'
    | 'withdrawn'
    | 'blocked'
    | 'provider'
    | 'too-many'
  >(10);

/**
 * A reminder of something that is required of somebody: one row for each due day and stage. `due` goes out with the mail of
 * `day`, to somebody without an account as an invitation; `overtaken`: a later stage had come before it could; `too-many`: their address
 * had had too many invitations that day; any other: why no mail reaches them. `announcedAt`: the mail is in the queue; `mailedAt`: it was sent.
 */
export const DutyReminder = defineTable('duty_reminders', {
  id: key(id()),
  organisationId: id(),
  requirementId: id(),
  assignmentId: id(),
  membershipId: id(),
  dueDay: text(10),
  /** A `Stage`, or `invite-` or `nudge-` and the day (`stages.ts`). */
  stage: text(20),
  outcome: outcome(),
  /** The day in the organisation's zone. */
  day: text(10),
  recordedAt: moment(),
  announcedAt: nullable(moment()),
  mailedAt: nullable(moment()),
});

/**
 * How many duties of an organisation its mails of a day were about. `stage`: of a `DutyReminder`, with what came of it; or `escalated`:
 * those who manage people were told.
 */
export const DutyMailCount = defineTable('duty_mail_counts', {
  organisationId: key(id()),
  day: key(text(10)),
  stage: key(text(20)),
  outcome: key(outcome()),
  duties: integer(),
});

/** The last day on which an organisation's reminders were gone through, in its zone, and when that was done. */
export const DutyMailDay = defineTable('duty_mail_days', {
  organisationId: key(id()),
  day: text(10),
  goneThroughAt: moment(),
});
