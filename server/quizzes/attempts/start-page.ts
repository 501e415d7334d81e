import type { Quiz } from '../quiz-model.js';
import { inMinutes, quizSeconds } from '../../courses/cards.js';
import { formatDate, formatTime, type Place, type Translate } from '../../i18n/i18n.js';
import { waitUntil, type Wait } from '../../i18n/waits.js';
import { FINAL, type Progress, type CourseStep } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { hrefNow } from '../../learning/next-up.js';
import { clockAt, endOfTime, pauseEnd, type Standing } from './limits.js';
import type { AttemptFacts } from './attempts.js';
import { questionsIn } from '../quiz.js';
import { attemptAddresses } from './question-page.js';
import { lengthInWords, timeAfterPause } from './time/time-texts.js';

/** A panel that says why an attempt cannot start now, and what to do meanwhile. */
export interface Notice {
  readonly kind: 'mist' | 'dawn';
  readonly title: string;
  readonly text: string;
  readonly paragraphs: readonly string[];
  /** An address in the text that one can write to. */
  readonly mail?: string | undefined;
  /** A wait that the text speaks of, and the page to load again once it is over. */
  readonly wait?: Wait;
  readonly again?: string | null;
  /** `isNext`: what to do next, and so the page's button. */
  readonly link: { readonly href: string; readonly text: string; readonly isNext?: boolean } | null;
}

/** How times and texts are said. */
export interface PageWords {
  readonly place: Place;
  readonly t: Translate;
}

/** The values of the page before a quiz. `extra`: has the learner extra time, as agreed? */
export function startValues(
  {
    cycleId,
    quiz,
    attempts,
    standing,
    isUnlocked,
    hasExtra,
    next,
    progress,
    certificateName,
    now,
  }: {
    cycleId: string;
    quiz: Quiz;
    /** Oldest first. */
    attempts: readonly AttemptFacts[];
    standing: Standing;
    isUnlocked: boolean;
    hasExtra: boolean;
    /** What is to be done next: first in this quiz's module, then in the course; null where nothing is left. */
    next: CourseStep | null;
    progress: Pick<Progress, 'tried'>;
    /** The name to be printed, where a pass would complete the course. */
    certificateName: { readonly confirmed: string | null } | null;
    now: number;
  },
  words: PageWords,
) {
  const { t, place } = words;
  const isFinal = quiz.name === FINAL;
  const to = addresses(cycleId);
  const mayStart = isUnlocked && standing.mayStart;
  const needsName = certificateName?.confirmed === null && !standing.isOpen;
  const state = stateOf(attempts, standing, isUnlocked);
  const open = attempts.find(({ submittedAt }) => submittedAt === null);
  const pause = open ? pauseOf(open, now, words) : null;
  const last = attempts.at(-1);
  return {
    quiz: {
      title: isFinal ? t('course.final') : quiz.title,
      questions: quiz.draw,
      passRight: quiz.pass,
      hasCase: quiz.scenario !== null,
      minutes: inMinutes(quizSeconds(quiz)),
      rules: rulesOf(quiz, standing, { hasExtra, isPaused: pause !== null }, t),
    },
    state: pause ? 'paused' : state,
    pause,
    allHref: open ? attemptAddresses(open.id).questions : null,
    lockedReason: isUnlocked ? null : t(isFinal ? 'quiz.lockedFinal' : 'quiz.lockedLessons'),
    onward: onwardFrom(cycleId, next, progress, t),
    mayStart: mayStart && !needsName,
    name: mayStart && certificateName && { ...certificateName, isNeeded: needsName, href: to.name },
    notices:
      isUnlocked && !pause
        ? noticesOf(
            quiz,
            standing,
            {
              last: last && clockAt(last, now),
              isPassed: state === 'passed',
              here: to.quiz(quiz.name),
              now,
            },
            words,
          )
        : [],
    action: `${to.quiz(quiz.name)}/attempts`,
    back: isFinal
      ? { href: to.course, text: t('quiz.backToCourse') }
      : { href: to.module(quiz.name), text: t('quiz.back') },
    history: attempts
      .filter(attempt => attempt.submittedAt !== null)
      .map(attempt => ({
        href: attemptAddresses(attempt.id).result,
        number: attempt.number,
        date: formatDate(attempt.submittedAt ?? 0, place),
        right: attempt.rightAnswers,
        total: questionsIn(quiz, attempt.form),
        passed: attempt.passed,
      })),
  };
}

function stateOf(
  attempts: readonly AttemptFacts[],
  standing: Standing,
  isUnlocked: boolean,
): 'new' | 'resume' | 'passed' | 'locked' {
  if (!isUnlocked) return 'locked';
  if (standing.isOpen) return 'resume';
  return attempts.some(({ passed }) => passed) ? 'passed' : 'new';
}

/** The way on: the lesson that is read next by its name, anything else without. */
function onwardFrom(
  cycleId: string,
  next: CourseStep | null,
  progress: Pick<Progress, 'tried'>,
  t: Translate,
) {
  if (!next) return { href: addresses(cycleId).course, text: t('about.continue') };
  const isLesson = next.kind === 'lesson';
  const text = isLesson ? t('result.read', { title: next.lesson.title }) : t('about.continue');
  return { href: hrefNow(cycleId, next, progress), text };
}

/** A break that is on: until when, what is left after it, and where it is ended. */
function pauseOf(open: AttemptFacts, now: number, { place, t }: PageWords) {
  const end = pauseEnd(open, now);
  if (end === null) return null;
  return {
    until: t('pause.on', { time: formatTime(end, place) }),
    afterwards: timeAfterPause(endOfTime(open, now), now, t),
    resumption: attemptAddresses(open.id).resumption,
  };
}

/** What holds, said before anybody starts. */
function rulesOf(
  { policy, scenario, remediated }: Quiz,
  standing: Standing,
  { hasExtra, isPaused }: { hasExtra: boolean; isPaused: boolean },
  t: Translate,
): string[] {
  const { coolDown, timeLimit } = policy;
  return [
    t(timeLimit === null ? 'quiz.rule.saved' : 'limits.rule.saved'),
    t('quiz.rule.safety'),
    ...(remediated.size > 0 ? [t('limits.rule.remediation')] : []),
    ...(scenario ? [t('quiz.rule.case')] : []),
    triesText(standing, t),
    ...(coolDown
      ? [
          t(coolDown.grows ? 'limits.rule.waitGrows' : 'limits.rule.wait', {
            time: lengthInWords(coolDown.minutes, t),
          }),
        ]
      : []),
    ...(timeLimit === null
      ? [t('quiz.rule.clock')]
      : [
          t('limits.rule.time', { time: lengthInWords(timeLimit, t) }),
          ...(isPaused ? [] : [t('limits.rule.runsOn')]),
          ...(hasExtra ? [t('limits.rule.extra')] : []),
        ]),
  ];
}

/** How many tries are left, and of how many. The one that is open is told apart: it is neither left nor behind. */
function triesText({ isOpen, left, allowed }: Standing, t: Translate): string {
  if (left === null || allowed === null) return t('quiz.rule.tries');
  if (isOpen)
    return t(left === 0 ? 'limits.rule.lastTry' : 'limits.rule.afterThis', { left, count: allowed });
  if (left === 0) return t('limits.rule.used', { count: allowed });
  return t(left === allowed ? 'limits.rule.attempts' : 'limits.rule.left', { left, count: allowed });
}

const MAIL_ADDRESS = /[^\s<>(),;:"]+@[^\s<>(),;:"]+\w/;

/** What a notice needs of the last attempt. */
type Tried = Pick<AttemptFacts, 'id' | 'deadlineAt' | 'pausedAt'>;

/** After an attempt: what stands between it and the next one, and how many are left of how many (null: no limit, or passed). */
export function againValues(
  quiz: Quiz,
  standing: Standing,
  {
    last,
    shown,
    passed,
    now,
  }: {
    last: Tried | undefined;
    shown: Pick<AttemptFacts, 'id' | 'closedBy'>;
    /** Another attempt at the quiz, if that was passed. */
    passed?: Pick<AttemptFacts, 'id'> | undefined;
    now: number;
  },
  words: PageWords,
) {
  const isPassed = passed !== undefined;
  const { remediation, result: here } = attemptAddresses(shown.id);
  const notices = noticesOf(quiz, standing, { last, isPassed, here, now }, words);
  return {
    mayStart: standing.mayStart,
    left: standing.left,
    allowed: standing.allowed,
    isLimited: quiz.policy.attempts !== null,
    byClock: shown.closedBy === 'clock',
    passedHref: passed ? attemptAddresses(passed.id).result : null,
    rulesFirst: !isPassed && standing.rules.length > 0,
    notices,
    /** A notice names the safety rules that were missed in what is shown. */
    namesRules: notices.some(({ link }) => link?.href === remediation),
  };
}

/** Until when an open attempt goes on; or why the next one cannot start now. */
function noticesOf(
  { policy, remediated }: Quiz,
  { isOpen, left, from, rules }: Standing,
  /** `here`: the page that shows the notices. */
  { last, isPassed, here, now }: { last: Tried | undefined; isPassed: boolean; here: string; now: number },
  { t, place }: PageWords,
): Notice[] {
  if (!last) return [];
  if (isOpen) return last.deadlineAt === null ? [] : [openNotice(last, last.deadlineAt, { t, place })];
  const to = attemptAddresses(last.id);
  // A page needs no link to itself.
  const isHere = to.result === here;
  const result = isHere ? null : { href: to.result, text: t('limits.lastResult') };
  const meanwhile = t(isHere ? 'limits.meanwhileBelow' : 'limits.meanwhile');
  if (left === 0) {
    return [
      {
        kind: 'mist',
        title: t('limits.noneTitle'),
        text: t('limits.noneText'),
        paragraphs: [policy.ask ?? '', meanwhile],
        mail: policy.ask?.match(MAIL_ADDRESS)?.[0],
        link: result,
      },
    ];
  }
  return [
    ...(rules.length > 0
      ? [
          {
            kind: 'dawn' as const,
            title: t('remediation.firstTitle', { count: rules.length }),
            text: t('remediation.missed', { count: rules.length }),
            paragraphs: [
              ...rules.map(rule => remediated.get(rule) ?? ''),
              t('remediation.firstText', { count: rules.length }),
            ],
            link: {
              href: to.remediation,
              text: t('remediation.begin', { count: rules.length }),
              isNext: !isPassed,
            },
          },
        ]
      : []),
    ...(from === null
      ? []
      : [
          {
            kind: 'mist' as const,
            title: t('limits.waitTitle'),
            ...waitText(from, now, { t, place }),
            paragraphs: [`${meanwhile} ${t('limits.takesNothing')}`],
            again: here,
            link: result,
          },
        ]),
  ];
}

function waitText(from: number, now: number, { t, place }: PageWords) {
  const wait = waitUntil(from, now, place, t);
  return { wait, text: t('limits.waitText', { wait: wait.words }) };
}

/** Until when an open attempt goes on. While its clock stands still, the page of the break says until when. */
function openNotice({ id, pausedAt }: Tried, deadlineAt: number, { t, place }: PageWords): Notice {
  if (pausedAt === null) {
    const title = t('limits.until', { time: formatTime(deadlineAt, place) });
    return { kind: 'mist', title, text: t('limits.rule.runsOn'), paragraphs: [], link: null };
  }
  const link = { href: attemptAddresses(id).pause, text: t('pause.see') };
  return { kind: 'mist', title: t('pause.onHeading'), text: t('pause.still'), paragraphs: [], link };
}
