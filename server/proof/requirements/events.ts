import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of requirements, exemptions and classroom sessions. */
export const requirementEvents = {
  /** A version of a requirement was kept; `requirement.undone`: as a row that takes `undoneId` back. */
  'requirement.versioned': event<{
    requirementId: string;
    versionId: string;
    number: number;
    fromDay: string;
  }>('requirements'),
  'requirement.undone': event<{
    requirementId: string;
    versionId: string;
    number: number;
    fromDay: string;
    undoneId: string;
  }>('requirements'),
  'requirement.rehearsal-asked': event<{ draftId: string }>('requirements'),
  /** `mark`: 'none' where the audience decides again. */
  'assignment.marked': event<{ requirementId: string; membershipId: string; mark: string; fromDay: string }>(
    'requirements',
  ),
  'exemption.made': event<{
    exemptionId: string;
    requirementId: string;
    membershipId: string;
    kind: string;
    reason: string;
    fromDay: string;
    toDay: string;
    dueDay: string | null;
  }>('requirements'),
  /** `endsOn`: the first day on which it is over. */
  'exemption.ended': event<{
    exemptionId: string;
    requirementId: string;
    membershipId: string;
    endsOn: string;
  }>('requirements'),
  /** A classroom session, by its course and its day and time in the organisation's zone. */
  'classroom.planned': event<{ sessionId: string; courseSlug: string; day: string; time: string }>(
    'learning',
  ),
  'classroom.changed': event<{ sessionId: string; courseSlug: string; day: string; time: string }>(
    'learning',
  ),
  'classroom.cancelled': event<{ sessionId: string }>('learning'),
  /** So many people were put on its list. */
  'classroom.expected': event<{ sessionId: string; people: number }>('learning'),
  'classroom.taken-off': event<{ sessionId: string; membershipId: string }>('learning'),
  'classroom.ticked-in': event<{ sessionId: string; membershipId: string }>('learning'),
  'classroom.attendance-kept': event<{ sessionId: string; people: number }>('learning'),
  /** `recordHash`: SHA-256 of what was signed, as canonical JSON. `people`: how many were there. */
  'classroom.signed': event<{
    sessionId: string;
    number: number;
    kind: 'signed' | 'corrected' | 'withdrawn';
    people: number;
    recordHash: string;
  }>('learning'),
  /** How long a course takes in a room; null: each session stands for itself. */
  'classroom.hours-set': event<{ courseSlug: string; minutes: number | null }>('learning'),
  'course.change-taken-as-minor': event<{ courseVersionId: string; courseSlug: string; number: number }>(
    'courses',
  ),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof requirementEvents> {}
}
