import type { Acknowledged, Told } from '../learners/told.js';

/** What is wrong. `lost`: something that was acknowledged is not stored. `bad end`: the server did not stop or stay up as it must. */
export type FaultKind =
  | 'lost answer'
  | 'lost start'
  | 'lost submission'
  | 'not one result'
  | 'not one certificate'
  | 'gap'
  | 'surprise'
  | 'chain'
  | 'job'
  | 'log'
  | 'mail'
  | 'bad end';

export interface Fault {
  readonly kind: FaultKind;
  /** The round in which the learner sat, 0 for one without a kill; null when it belongs to no learner. */
  readonly round: number | null;
  readonly what: string;
}

/** A row of the answers. `response` as stored, JSON. */
export interface KeptAnswer {
  readonly attemptId: string;
  readonly slot: number;
  readonly sequence: number;
  readonly response: string;
  readonly answeredAt: number;
}

export interface KeptAttempt {
  readonly id: string;
  readonly startedAt: number;
  readonly submittedAt: number | null;
  readonly passed: boolean;
  readonly rightAnswers: number | null;
}

/** All that the database holds of one learner's last quiz. */
export interface Kept {
  readonly attempts: readonly KeptAttempt[];
  readonly answers: readonly KeptAnswer[];
  /** How often each event was recorded of this round, by name. */
  readonly events: ReadonlyMap<string, number>;
  /** The verdict on each certificate of the round, as a stranger would find it offline. */
  readonly certificates: readonly string[];
}

/** What a learner sends in is kept in these. */
export type KeptAnswers = Pick<Kept, 'attempts' | 'answers'>;

/** Whether a stored answer is the one that was sent. */
export type Same = (sent: Acknowledged, stored: KeptAnswer) => boolean;

/** Events that a passed last quiz records, each once. */
const ONCE = ['attempt.started', 'attempt.graded', 'quiz.passed', 'course.completed', 'certificate.awarded'];

/** What is wrong between what a learner was told and what is stored. */
export function faultsOf(told: Told, kept: Kept, same: Same): Fault[] {
  const found: [FaultKind, string][] = [
    ...told.surprises.map((what): [FaultKind, string] => ['surprise', what]),
    ...losses(told, kept, same),
    ...gaps(kept),
    ...otherThanOneResult(told, kept),
    ...otherThanOneCertificate(kept),
  ];
  return found.map(ofRound(told));
}

/** Only what a learner was told and is not stored: for a look at a time when the learner is not done yet. */
export const lossesOf = (told: Told, kept: KeptAnswers, same: Same): Fault[] =>
  losses(told, kept, same).map(ofRound(told));

const ofRound =
  ({ round }: Told) =>
  ([kind, what]: [FaultKind, string]): Fault => ({ kind, round, what });

const losses = (told: Told, kept: KeptAnswers, same: Same): [FaultKind, string][] => [
  ...lostStarts(told, kept),
  ...lostAnswers(told, kept, same),
  ...lostSubmissions(told, kept),
];

function lostStarts({ starts }: Told, { attempts }: KeptAnswers): [FaultKind, string][] {
  return starts
    .filter(({ attemptId, at }) => !attempts.some(({ id, startedAt }) => id === attemptId && startedAt <= at))
    .map(({ attemptId }) => ['lost start', `attempt ${attemptId}`]);
}

/**
 * Answers are only ever appended, so each one acknowledged has its row for good: the next after those that
 * the page knew of, or, where the same answer held already, that one's. The row must be from before the
 * acknowledgement: an answer that was lost and given again later is a loss.
 */
function lostAnswers({ answers }: Told, kept: KeptAnswers, same: Same): [FaultKind, string][] {
  const rowOf = (sent: Acknowledged) =>
    kept.answers.find(
      row =>
        row.attemptId === sent.attemptId &&
        row.slot === sent.slot &&
        row.sequence >= sent.sequence &&
        row.answeredAt <= sent.at &&
        same(sent, row),
    );
  return answers
    .filter(sent => rowOf(sent) === undefined)
    .map(({ attemptId, slot, sequence }) => [
      'lost answer',
      `attempt ${attemptId}, question ${slot}, after ${sequence}`,
    ]);
}

function lostSubmissions({ submissions }: Told, { attempts }: KeptAnswers): [FaultKind, string][] {
  return submissions
    .filter(({ attemptId, at }) => {
      const submittedAt = attempts.find(({ id }) => id === attemptId)?.submittedAt ?? null;
      return submittedAt === null || submittedAt > at;
    })
    .map(({ attemptId }) => ['lost submission', `attempt ${attemptId}`]);
}

/** The answers to a question are numbered without a gap. */
function gaps({ answers }: Kept): [FaultKind, string][] {
  const bySlot = new Map<string, number[]>();
  for (const { attemptId, slot, sequence } of answers) {
    const key = `attempt ${attemptId}, question ${slot}`;
    bySlot.set(key, [...(bySlot.get(key) ?? []), sequence]);
  }
  return [...bySlot]
    .filter(([, numbers]) => numbers.sort((a, b) => a - b).some((number, index) => number !== index + 1))
    .map(([key, numbers]) => ['gap', `${key}: ${numbers.join(', ')}`]);
}

/** One attempt, handed in, passed with everything right, and told of once. */
function otherThanOneResult({ learner }: Told, { attempts, events }: Kept): [FaultKind, string][] {
  const results = attempts.filter(
    ({ submittedAt, passed, rightAnswers }) =>
      submittedAt !== null && passed && rightAnswers === learner.questions,
  );
  const found: [FaultKind, string][] = [];
  if (attempts.length !== 1 || results.length !== 1) {
    found.push(['not one result', `${attempts.length} attempts, ${results.length} full results`]);
  }
  const wrong = ONCE.filter(name => events.get(name) !== 1);
  if (wrong.length > 0) {
    const counts = wrong.map(name => `${name} ${events.get(name) ?? 0} times`);
    found.push(['not one result', `cycle ${learner.cycleId}: ${counts.join(', ')}`]);
  }
  return found;
}

function otherThanOneCertificate({ certificates }: Kept): [FaultKind, string][] {
  if (certificates.length === 1 && certificates[0] === 'valid') return [];
  return [['not one certificate', certificates.join(', ') || 'none']];
}

/**
 * What is wrong with the mail that came to a learner, by Message-ID: one is right, about the certificate. `mayRepeat`: a
 * server that is cut off between the mail server's yes and its own note of it sends the same mail again.
 */
export function mailFaults(told: Told, ids: readonly string[], { mayRepeat = false } = {}): Fault[] {
  const distinct = new Set(ids).size;
  if (distinct === 1 && (mayRepeat || ids.length === 1)) return [];
  return [ofRound(told)(['mail', `${distinct} mails came, ${ids.length} times in all`])];
}
