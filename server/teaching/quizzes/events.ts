import { event, privateEvent, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of attempts and regrading. */
export const quizEvents = {
  'attempt.started': event<{ attemptId: string; cycleId: string; quiz: string }>('learning'),
  'attempt.graded': event<{
    attemptId: string;
    cycleId: string;
    quiz: string;
    points: number;
    passed: boolean;
    closedBy: 'learner' | 'clock';
  }>('learning'),
  'attempt.granted': event<{ cycleId: string; quiz: string; userId: string; number: number }>('learning'),
  'extra-time.agreed': event<{ userId: string; number: number; allowance: string }>('learning'),
  'remediation.finished': privateEvent<{ attemptId: string; cycleId: string; rule: string }>('learning'),
  'quiz.passed': event<{ attemptId: string; cycleId: string; quiz: string; passedAt: number }>('learning'),
  'quiz.practised': privateEvent<{ attemptId: string; cycleId: string; quiz: string; takenAt: number }>(
    'learning',
  ),
  'item.ruled': event<{
    regradeId: string;
    ruling: number;
    courseSlug: string;
    quiz: string;
    itemId: string;
    kind: string;
  }>('courses'),
  'attempt.regraded': event<{
    attemptId: string;
    cycleId: string;
    userId: string;
    regradeId: string;
    change: string;
    points: number;
    passed: boolean;
  }>('learning'),
  'regrade.finished': event<{ regradeId: string; ruling: number; attempts: number }>('courses'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof quizEvents> {}
}
