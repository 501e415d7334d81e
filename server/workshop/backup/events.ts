import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of backups. */
export const backupEvents = {
  /** The database is a copy of that time (epoch ms). */
  'backup.restored': event<{ takenAt: number }>('operation'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof backupEvents> {}
}
