import { privateEvent, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of questions before and after a course. */
export const followUpEvents = {
  'measurement.finished': privateEvent<{ measurementId: string; cycleId: string; kind: string }>('learning'),
  'refresher.due': privateEvent<{ measurementId: string; userId: string }>('learning'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof followUpEvents> {}
}
