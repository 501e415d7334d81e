import type { AttemptFacts } from '../attempts/attempts.js';
import { isLimited } from '../attempts/limits.js';
import type { QuizStanding } from '../attempts/start/start.js';
import { noticesOf, type LastAttempt, type PageWords } from '../attempts/start/start-notices.js';
import { triesLeft } from '../attempts/start/tries-text.js';
import { attemptAddresses } from '../attempts/question-page.js';
import type { Quiz } from '../quiz-model.js';

/** After an attempt that was passed: nothing stands between it and another, and nothing need be read to say so. */
export const afterPass = ({ closedBy }: Pick<AttemptFacts, 'closedBy'>): AgainValues => ({
  ...{ mayStart: false, isLimited: false, left: null, passedHref: null },
  byClock: closedBy === 'clock',
  ...{ rulesFirst: false, notices: [], namesRules: false },
});

type AgainValues = ReturnType<typeof againValues>;

/** After an attempt that was not: what stands between it and the next one, and how many are left (null: no limit, or none). */
export function againValues(
  quiz: Quiz,
  standing: QuizStanding,
  {
    last,
    shown,
    passed,
    now,
  }: {
    last: LastAttempt | undefined;
    shown: Pick<AttemptFacts, 'id' | 'closedBy'>;
    /** Another attempt at the quiz, if that was passed. */
    passed?: Pick<AttemptFacts, 'id'> | undefined;
    now: number;
  },
  words: PageWords,
) {
  const isPassed = passed !== undefined;
  const { remediation, result: here } = attemptAddresses(shown.id);
  const notices = noticesOf(quiz, standing, { last, rulesOf: standing.rulesOf, isPassed, here, now }, words);
  return {
    mayStart: standing.mayStart,
    isLimited: isLimited(quiz.policy),
    left: triesLeft(quiz.policy, standing, words.t),
    byClock: shown.closedBy === 'clock',
    passedHref: passed ? attemptAddresses(passed.id).result : null,
    rulesFirst: !isPassed && !quiz.practice && standing.rules.length > 0,
    notices,
    /** A notice names the safety rules that were missed in what is shown. */
    namesRules: notices.some(({ link }) => link?.href === remediation),
  };
}
