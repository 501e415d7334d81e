import { formatDate, formatTime, type Translate } from '../../../../platform/i18n/i18n.js';
import { FINAL, RENEWAL, type CourseStep, type Progress } from '../../../learning/completion.js';
import { addresses } from '../../../learning/cycle-addresses.js';
import type { JobQuestion } from '../../../learning/chosen-job.js';
import { jobOptions } from '../../../learning/pages/job-page.js';
import { hrefNow } from '../../../learning/next-up.js';
import { countedIn, trialsIn } from '../../quiz.js';
import type { Quiz } from '../../quiz-model.js';
import { quizName } from '../../quiz-words.js';
import type { AttemptFacts } from '../attempts.js';
import { clockAt, endOfTime, pauseEnd, type TriesLeft } from '../limits.js';
import type { QuizStanding } from './start.js';
import { noticesOf, type PageWords } from './start-notices.js';
import { attemptAddresses } from '../question-page.js';
import { startFacts } from './start-facts.js';
import { startRules } from './start-rules.js';
import { timeAfterPause } from '../time/time-texts.js';

/** What the page before a quiz is made from. */
interface StartPage {
  readonly cycleId: string;
  readonly quiz: Quiz;
  /** Oldest first. */
  readonly attempts: readonly AttemptFacts[];
  readonly standing: QuizStanding;
  readonly isUnlocked: boolean;
  /** Has the learner extra time, as agreed? */
  readonly hasExtra: boolean;
  /** What is to be done next: first in this quiz's module, then in the course; null where nothing is left. */
  readonly next: CourseStep | null;
  readonly progress: Pick<Progress, 'tried'>;
  /** The name to be printed, where a pass would complete the course. */
  readonly certificateName: { readonly confirmed: string | null } | null;
  /** What the course asks about the learner's job; null where it does not ask. */
  readonly job: JobQuestion | null;
  /** The organisation, where its training is paused. */
  readonly paused: { readonly organisation: string; readonly contact: string | null } | null;
  /** What was sent and cannot start an attempt. */
  readonly sent?: { readonly view: string; readonly error: string } | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The values of the page before a quiz. */
export function startValues(page: StartPage, words: PageWords) {
  const { cycleId, quiz, attempts, standing, isUnlocked, now } = page;
  const { t } = words;
  const isOfModule = quiz.name !== FINAL && quiz.name !== RENEWAL;
  const to = addresses(cycleId);
  const open = attempts.find(({ submittedAt }) => submittedAt === null);
  const pause = open ? pauseOf(open, now, words) : null;
  const state = stateOf(quiz, attempts, standing, isUnlocked);
  return {
    quiz: quizValues(page, pause !== null, t),
    state: pause ? 'paused' : state,
    pause,
    allHref: open ? attemptAddresses(open.id).questions : null,
    lockedReason: isUnlocked ? null : t(quiz.name === FINAL ? 'quiz.lockedFinal' : 'quiz.lockedLessons'),
    onward: onwardFrom(page, t),
    ...mayStart(page),
    job: standing.isOpen ? null : jobValues(page, t),
    isOnePage: page.sent?.view === 'page',
    errors: page.sent ? { job: page.sent.error } : null,
    paused: open ? null : page.paused,
    notices: isUnlocked && !pause ? startNotices(page, state === 'passed', words) : [],
    action: `${to.quiz(quiz.name)}/attempts`,
    back: isOfModule
      ? { href: to.module(quiz.name), text: t('quiz.back') }
      : { href: to.course, text: t('quiz.backToCourse') },
    history: historyOf(page, words),
  };
}

function quizValues(page: StartPage, isPaused: boolean, t: Translate) {
  const { quiz, attempts, standing, hasExtra } = page;
  const open = attempts.find(({ submittedAt }) => submittedAt === null);
  const job = open?.job ?? null;
  const trials = open ? open.form.filter(({ trial }) => trial).length : trialsFor(page);
  const hasTrial = trials > 0;
  return {
    title: quizName(quiz.name, quiz.learnerTitle, t),
    isPractice: quiz.practice === true,
    facts: startFacts(quiz, standing, { questions: quiz.draw + trials }, t),
    rules: startRules(quiz, standing, { hasExtra, isPaused, hasTrial, job }, t),
  };
}

/** How many questions on trial the next form is sure to hold, whatever job its learner chooses. */
function trialsFor({ quiz, job }: StartPage): number {
  const jobs = job?.chosen ? [job.chosen] : (job?.jobs ?? [null]);
  return Math.min(...jobs.map(each => trialsIn({ ...quiz, job: each })));
}

const jobValues = ({ job, sent }: StartPage, t: Translate) =>
  job && {
    id: 'job',
    legend: t('job.question'),
    hint: t('job.hint'),
    chosen: job.chosen && t('job.chosen', { job: t(`job.name.${job.chosen}`) }),
    options: jobOptions(job, t),
    error: sent?.error ?? null,
  };

/** May an attempt start? Before the one that may complete the course, the name to be printed has to be confirmed. */
function mayStart({ cycleId, standing, isUnlocked, certificateName, paused }: StartPage) {
  const isAllowed = isUnlocked && standing.mayStart && (paused === null || standing.isOpen);
  const isNeeded = certificateName?.confirmed === null && !standing.isOpen;
  const name = certificateName && { ...certificateName, isNeeded, href: addresses(cycleId).name };
  return { mayStart: isAllowed && !isNeeded, name: isAllowed && name };
}

function startNotices(
  { cycleId, quiz, attempts, standing, now }: StartPage,
  isPassed: boolean,
  words: PageWords,
) {
  const last = attempts.at(-1);
  const here = addresses(cycleId).quiz(quiz.name);
  return noticesOf(
    quiz,
    standing,
    { last: last && clockAt(last, now), rulesOf: standing.rulesOf, isPassed, here, now },
    words,
  );
}

/** The submitted attempts, oldest first. */
const historyOf = ({ quiz, attempts }: StartPage, { place }: PageWords) =>
  attempts
    .filter(attempt => attempt.submittedAt !== null)
    .map(attempt => ({
      href: attemptAddresses(attempt.id).result,
      number: attempt.number,
      date: formatDate(attempt.submittedAt ?? 0, place),
      right: attempt.rightAnswers,
      total: countedIn(quiz, attempt.form),
      passed: attempt.passed,
    }));

function stateOf(
  { practice }: Quiz,
  attempts: readonly AttemptFacts[],
  standing: TriesLeft,
  isUnlocked: boolean,
): 'new' | 'resume' | 'passed' | 'practised' | 'locked' {
  if (!isUnlocked) return 'locked';
  if (standing.isOpen) return 'resume';
  if (attempts.some(({ passed }) => passed)) return 'passed';
  return practice && attempts.length > 0 ? 'practised' : 'new';
}

/** The way on: a lesson is named, anything else is not. */
function onwardFrom({ cycleId, next, progress }: StartPage, t: Translate) {
  if (!next) return { href: addresses(cycleId).course, text: t('about.continue') };
  const isLesson = next.kind === 'lesson';
  const text = isLesson ? t('result.read', { title: next.lesson.title }) : t('about.continue');
  return { href: hrefNow(cycleId, next, progress), text };
}

/** The break that the attempt is in: until when, what time is left after it, and where it is ended. */
function pauseOf(open: AttemptFacts, now: number, { place, t }: PageWords) {
  const end = pauseEnd(open, now);
  if (end === null) return null;
  return {
    until: t('pause.on', { time: formatTime(end, place) }),
    afterwards: timeAfterPause(endOfTime(open, now), now, t),
    resumption: attemptAddresses(open.id).resumption,
  };
}
