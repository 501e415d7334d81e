import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of reminders. */
export const reminderEvents = {
  /** One mail of a day, for the reminders that were announced at this moment (epoch ms). */
  'duties.due': event<{ membershipId: string; userId: string; day: string; announcedAt: number }>(
    'requirements',
  ),
  /** The same for somebody without an account, whom the mail invites. */
  'duties.invited': event<{ membershipId: string; day: string; announcedAt: number }>('requirements'),
  /** Somebody reminded people by hand of what they are overdue with: up to 200 people in one event. */
  'duties.nudged': event<{ day: string; people: number; duties: number }>('requirements'),
  /** One mail of a day to somebody who manages people, for the duties that stay overdue and were announced at this moment (epoch ms). */
  'duties.escalated': event<{ userId: string; day: string; announcedAt: number }>('requirements'),
  /** The summary of a week for somebody who manages people. */
  'digest.due': event<{ digestId: string; userId: string }>('requirements'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof reminderEvents> {}
}
