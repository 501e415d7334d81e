import { defineTable, filled, id, key, moment, nullable, text } from '../db/table.js';

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
});

/** A person's place in an organisation, from one moment to another. One person may hold several. */
export const Membership = defineTable('memberships', {
  id: key(id()),
  organisationId: id(),
  userId: id(),
  role: text<'learner' | 'manager' | 'auditor'>(20),
  createdAt: moment(),
  endedAt: nullable(moment()),
});

/** A person turned a kind of optional mail off, or on again, in an organisation. Without a row it is on. */
export const MailChoice = defineTable('mail_choices', {
  mail: key(text<'refreshers' | 'reminders'>(20)),
  organisationId: key(id()),
  userId: key(id()),
  turnedOffAt: nullable(moment()),
  changedAt: moment(),
});
