/**
 * Every event that can be recorded, with its payload. Payloads hold ids and plain values, never names,
 * addresses or answers: the events table is the audit log and outlives the people in it.
 */
export interface EventPayloads {
  'account.created': { userId: string };
  'account.sign-up-repeated': { userId: string };
  'account.confirmation-asked': { userId: string; tokenId: string };
  'account.confirmed': { userId: string };
  'account.reset-asked': { userId: string; tokenId: string };
  'account.password-changed': { userId: string };
  'account.renamed': { userId: string };
  'account.administrator-made': { userId: string };
  'account.signed-in': { userId: string };
  'course.published': { courseSlug: string; courseVersionId: string; number: number; contentHash: string };
  'course.enrolled': { userId: string; enrolmentId: string; cycleId: string; courseVersionId: string };
  'lesson.finished': { cycleId: string; moduleSlug: string; lessonSlug: string };
  'attempt.started': { attemptId: string; cycleId: string; quiz: string };
  'attempt.graded': { attemptId: string; cycleId: string; quiz: string; points: number; passed: boolean };
  'quiz.passed': { attemptId: string; cycleId: string; quiz: string; passedAt: number };
  'course.completed': { cycleId: string; userId: string };
  'certificate.awarded': { certificateId: string; cycleId: string; userId: string };
  'certificate.issued': { certificateId: string; userId: string; sha256: string; keyId: string };
  'certificate.revoked': { certificateId: string; userId: string; reason: string };
  'issuer-key.created': { keyId: string };
  'status-list.signed': { listId: number; number: number; sha256: string };
}

export type EventName = keyof EventPayloads;

/** An event as stored, and as reactions receive it. */
export interface RecordedEvent<N extends EventName = EventName> {
  readonly seq: number;
  readonly name: N;
  readonly payload: EventPayloads[N];
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly createdAt: number;
}
