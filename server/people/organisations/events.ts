import { event, privateEvent, type PayloadsOf } from '../../platform/events/event.js';

/** A role of a person: in a unit and below it, or (null) in the whole organisation. */
interface RoleGiven {
  grantId: string;
  userId: string;
  role: string;
  unitId: string | null;
}

/** Mail that people may turn off: through a mailed link, whose holder is not known for certain, or on their account. */
interface MailChosen {
  userId: string;
  by: 'link' | 'account';
}

/** What is recorded of organisations, their people, and how these come to them. */
export const organisationEvents = {
  /** Their role will ask for a second step (`until`: epoch ms), and they have none. */
  'account.factor-due': event<{ userId: string; until: number }>('accounts'),
  'organisation.made': event<object>('organisations'),
  /** The codes of the fields, and no value. */
  'organisation.changed': event<{ fields: string[] }>('organisations'),
  'organisation.suspended': event<object>('organisations'),
  'organisation.reopened': event<object>('organisations'),
  /** `fromDay`: the first day of the change, in the organisation's zone. */
  'unit.opened': event<{ unitId: string; parentId: string | null; code: string | null; fromDay: string }>(
    'organisations',
  ),
  'unit.renamed': event<{ unitId: string; code: string | null; fromDay: string }>('organisations'),
  'unit.moved': event<{ unitId: string; parentId: string | null; fromDay: string }>('organisations'),
  'unit.merged': event<{ unitId: string; intoId: string; fromDay: string }>('organisations'),
  'unit.closed': event<{ unitId: string; fromDay: string }>('organisations'),
  'member.changed': event<{
    membershipId: string;
    what:
      | 'added'
      | 'corrected'
      | 'moved'
      | 'placed'
      | 'unplaced'
      | 'left'
      | 'returned'
      | 'on-leave'
      | 'back-from-leave';
    fromDay: string;
  }>('people'),
  /** One import's changes of members. `digest`: SHA-256 of the rows as canonical JSON. */
  'members.imported': event<{ importId: string; count: number; digest: string }>('people'),
  /** A list of people, by hash; who is in it stands in no event. */
  'roster.uploaded': event<{ rosterId: string; fileHash: string; rows: number }>('people'),
  'roster.confirmed': event<{ rosterId: string }>('people'),
  'roster.finished': event<{ rosterId: string; imported: number; refused: number }>('people'),
  'roster.removed': event<{ rosterId: string }>('people'),
  'grant.made': event<RoleGiven & { fromDay: string; untilDay: string | null }>('roles'),
  /** `untilDay`: the day on which it ends; null: at once. */
  'grant.ended': event<RoleGiven & { untilDay: string | null }>('roles'),
  'invitation.made': event<{ invitationId: string; membershipId: string }>('people'),
  /** A reminder made a new link in place of one that ran out. */
  'invitation.renewed': event<{ invitationId: string; membershipId: string }>('people'),
  /** Whoever has an old link asked for one that works. */
  'invitation.asked-again': event<{ invitationId: string; membershipId: string }>('people'),
  'invitation.bounced': event<{ invitationId: string; membershipId: string }>('people'),
  'invitation.declined': event<{ invitationId: string; membershipId: string }>('people'),
  'invitation.withdrawn': event<{ invitationId: string; membershipId: string }>('people'),
  'invitation.accepted': event<{ invitationId: string; membershipId: string; userId: string }>('people'),
  'invitation.undone': event<{ invitationId: string; membershipId: string; userId: string }>('people'),
  /** `untilDay`: the first day on which nobody joins by it any more; null: without an end. */
  'join-code.made': event<{
    joinCodeId: string;
    unitId: string | null;
    courseSlug: string | null;
    fromDay: string;
    untilDay: string | null;
  }>('people'),
  'join-code.ended': event<{ joinCodeId: string }>('people'),
  'join-code.used': event<{ joinCodeId: string; membershipId: string; userId: string }>('people'),
  /** A link for one course, mailed to an address that stands in no event. */
  'course-link.sent': event<{ courseLinkId: string; courseSlug: string; unitId: string | null }>('people'),
  'course-link.withdrawn': event<{ courseLinkId: string; courseSlug: string }>('people'),
  'course-link.opened': event<{
    courseLinkId: string;
    courseSlug: string;
    membershipId: string;
    userId: string;
  }>('people'),
  /** One-time codes for so many people, printed on one sheet. */
  'entry-codes.made': event<{ people: number }>('people'),
  'entry-code.used': event<{ entryCodeId: string; membershipId: string; userId: string }>('people'),
  'shown-name.set': event<{ shown: string }>('organisations'),
  'paper.set': event<{ paper: string }>('organisations'),
  'digests.turned-off': privateEvent<MailChosen>('requirements'),
  'digests.turned-on': privateEvent<MailChosen>('requirements'),
  'reminders.turned-off': privateEvent<MailChosen>('certificates'),
  'reminders.turned-on': privateEvent<MailChosen>('certificates'),
  'refreshers.turned-off': privateEvent<MailChosen>('learning'),
  'refreshers.turned-on': privateEvent<MailChosen>('learning'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof organisationEvents> {}
}
