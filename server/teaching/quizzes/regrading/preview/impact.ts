/** The result of an attempt in the numbers that decide. Points are integers. */
export interface AttemptResult {
  readonly points: number;
  readonly maxPoints: number;
  readonly right: number;
  readonly passed: boolean;
}

/**
 * What a regrade does to an attempt. `passed`: a fail becomes a pass. `points`: other points, the same side of the
 * pass mark. `kept`: the attempt would fail now and keeps its pass and its result. `withdrawn`: it fails now.
 */
export type RegradeChange = 'same' | 'points' | 'passed' | 'kept' | 'withdrawn';

/** What follows for the certificate of the cycle. `suspend`: it is not valid until the quiz is passed again. */
export type CertificateEffect = 'none' | 'issue' | 'replace' | 'suspend';

/**
 * What a regrade does to an attempt, given its result as it is and as it would be now. A pass that was earned in good
 * faith under the published key is kept, with its result, unless `withdraw` says otherwise: the fault was the examiner's
 * and the learner could not know of it. (When SATs of October 2005 turned out to be wrongly
 * scored, the College Board raised the results that were too low and left those that were too high.) All other results
 * are corrected, up or down.
 */
export function changeOf(
  before: AttemptResult,
  found: AttemptResult,
  { withdraw }: { withdraw: boolean },
): RegradeChange {
  if (before.passed && !found.passed) return withdraw ? 'withdrawn' : 'kept';
  if (!before.passed && found.passed) return 'passed';
  return before.points === found.points && before.right === found.right ? 'same' : 'points';
}

/** Where an attempt's cycle stands. */
export interface CycleStanding {
  /** Is this the attempt that the quiz counts as passed by? */
  readonly holdsPass: boolean;
  readonly isQuizPassed: boolean;
  /** Has another attempt at the same quiz passed in the cycle? */
  readonly hasOtherPass: boolean;
  readonly isCompleted: boolean;
  /** Would the course be complete with this quiz passed? */
  readonly completesWithQuiz: boolean;
}

/**
 * What a change means for the cycle's certificate, as far as can be known before it is made. Certificates print whole
 * per cents, rounded down: other points that print the same replace nothing.
 */
export function certificateEffect(
  change: RegradeChange,
  { before, found }: { before: AttemptResult; found: AttemptResult },
  cycle: CycleStanding,
): CertificateEffect {
  if (change === 'passed')
    return !cycle.isQuizPassed && !cycle.isCompleted && cycle.completesWithQuiz ? 'issue' : 'none';
  if (!cycle.holdsPass || !cycle.isCompleted) return 'none';
  if (change === 'withdrawn') return cycle.hasOtherPass ? 'replace' : 'suspend';
  return change === 'points' && printed(before) !== printed(found) ? 'replace' : 'none';
}

const printed = ({ points, maxPoints }: AttemptResult): number => Math.floor((points * 100) / maxPoints);
