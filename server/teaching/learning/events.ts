import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of what somebody learns. */
export const learningEvents = {
  'course.enrolled': event<{ userId: string; enrolmentId: string; cycleId: string; courseVersionId: string }>(
    'learning',
  ),
  'course.job-chosen': event<{ userId: string; enrolmentId: string; job: string }>('learning'),
  'lesson.finished': event<{ cycleId: string; moduleSlug: string; lessonSlug: string }>('learning'),
  'course.completed': event<{ cycleId: string; userId: string }>('learning'),
  'credit.recorded': event<{ creditId: string; membershipId: string }>('learning'),
  'credit.voided': event<{ creditId: string; membershipId: string; because: string }>('learning'),
  'credit.void-lifted': event<{ creditId: string; membershipId: string; because: string }>('learning'),
  'course.taken-whole': event<{ userId: string; cycleId: string }>('learning'),
  /** The learner goes on with a newer version of the course, or the account was closed (`because`). */
  'course.left': event<{ userId: string; enrolmentId: string; cycleId: string; because: string }>('learning'),
  /** The merge that had closed the account was undone. */
  'course.taken-up': event<{ userId: string; enrolmentId: string; cycleId: string }>('learning'),
  'course.renewed': event<{
    userId: string;
    enrolmentId: string;
    cycleId: string;
    courseVersionId: string;
    number: number;
    /** Cycles that were opened before this was kept have none. */
    because?: string;
    path?: string;
  }>('learning'),
  /** An organisation asks for a signature under this text after a course; or no more. */
  'acknowledgement.asked': event<{
    statementId: string;
    courseSlug: string;
    locale: string;
    number: number;
    sha256: string;
  }>('courses'),
  'acknowledgement.ended': event<{ statementId: string; courseSlug: string; locale: string; number: number }>(
    'courses',
  ),
  'acknowledgement.signed': event<{ acknowledgementId: string; statementId: string; cycleId: string }>(
    'learning',
  ),
  'certificate-name.confirmed': event<{ cycleId: string; userId: string }>('certificates'),
  'course.reopened': event<{ cycleId: string; userId: string }>('learning'),
  /** A completion that a wrong clock had dated ahead got another date (epoch ms). */
  'course.completion-redated': event<{ cycleId: string; userId: string; from: number; to: number }>(
    'learning',
  ),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof learningEvents> {}
}
