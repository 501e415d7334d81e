import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of courses and who may take them. */
export const courseEvents = {
  'course.published': event<{
    courseSlug: string;
    courseVersionId: string;
    number: number;
    contentHash: string;
  }>('courses'),
  'course.change-proposed': event<{
    courseVersionId: string;
    courseSlug: string;
    number: number;
    kind: 'minor' | 'material';
    says: string;
  }>('courses'),
  /** The event's organisation gets it: the open one means everyone. */
  'course.granted': event<{
    courseSlug: string;
    /** Grants that were made before this was kept have no terms: at once, to everybody there, without an end. */
    unitId?: string;
    isByUnit?: boolean;
    fromDay?: string;
    untilDay?: string | null;
  }>('courses'),
  'course.grant-revoked': event<{ courseSlug: string; unitId?: string }>('courses'),
  /** For a unit, or ('') for all of the organisation. */
  'course.requested': event<{ requestId: string; courseSlug: string; unitId: string }>('courses'),
  'course.request-withdrawn': event<{ requestId: string; courseSlug: string }>('courses'),
  'course.request-answered': event<{
    requestId: string;
    courseSlug: string;
    outcome: 'granted' | 'declined';
  }>('courses'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof courseEvents> {}
}
