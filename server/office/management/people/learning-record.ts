import { certificatesOf } from '../../../proof/certificates/queries.js';
import { lastDayInWords } from '../../../proof/certificates/certificate-card.js';
import { certificateState } from '../../../proof/certificates/lifecycle/certificate-state.js';
import { courseVersion } from '../../../teaching/courses/catalogue.js';
import { formatDate, formatMoment, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { isDone, isPractice, steps, type Progress } from '../../../teaching/learning/completion.js';
import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { jobInWords } from '../../../teaching/questions/jobs.js';
import {
  attemptsOfPerson,
  cyclesOfPerson,
  doneIn,
  mailsOfPerson,
  presenceOf,
  rolesOfPerson,
  type AttemptRow,
  type CycleRow,
  type DoneRow,
  type RecordOf,
} from './record-rows.js';
import { quizNameIn } from '../../../teaching/quizzes/quiz-name.js';

/** How many rows of each list are shown at first, and at most. */
const SHORT = 10;
const LONG = 500;

interface Words {
  readonly place: Place;
  readonly t: Translate;
}

/**
 * What a person did, as texts: courses, attempts, certificates, mail; in one organisation, or (null) in all, for an
 * administrator of the installation. Of each list the newest, or all when `isLong`. The number of queries does not depend on
 * what the person did. Who manages people sees whether they passed, and a band; the exact score is the person's own.
 */
export async function personRecord(
  { userId, organisationId }: RecordOf,
  { isLong, now }: { isLong: boolean; now: number },
  words: Words,
) {
  const limit = isLong ? LONG : SHORT;
  const of = { userId, organisationId };
  const cycles = await cyclesOfPerson(of, limit + 1);
  const done = await doneIn(cycles.map(({ id }) => id));
  const attempts = await attemptsOfPerson(of, limit + 1);
  const mails = await mailsOfPerson(of, limit + 1);
  const scoreOf = organisationId === null ? exactScore : band;
  return {
    courses: listOf(await Promise.all(cycles.map(cycle => courseRow(cycle, done, words))), limit),
    attempts: listOf(await Promise.all(attempts.map(attempt => attemptRow(attempt, scoreOf, words))), limit),
    mails: listOf(
      mails.map(({ kind, state, at }) => ({
        what: words.t(`mail.subject.${kind}`),
        state,
        when: moment(at, words),
      })),
      limit,
    ),
    certificates: await certificateRows(of, now, words),
  };
}

/** The organisations of a person, with their roles, and on how many devices they are signed in. */
export const personStanding = async (userId: string, now: number, words: Words) => ({
  roles: await roleRows(userId, words),
  presence: presenceText(await presenceOf(userId, now), words),
});

/** The rows that are shown, and whether there are more. */
const listOf = <T>(found: readonly T[], limit: number) => ({
  rows: found.slice(0, limit),
  hasMore: found.length > limit,
});

async function courseRow(cycle: CycleRow, all: readonly DoneRow[], { place, t }: Words) {
  const { snapshot } = await takenCourse(cycle);
  const done = (kind: DoneRow['kind']) =>
    new Set(all.filter(each => each.cycleId === cycle.id && each.kind === kind).map(({ what }) => what));
  const progress: Progress = {
    finished: done('lesson'),
    passed: done('pass'),
    practised: done('practice'),
  };
  const tried = done('attempt');
  const asked = steps(snapshot);
  const quizzes = asked.flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
  const stateOf = (quiz: string) =>
    progress.passed.has(quiz)
      ? 'passed'
      : progress.practised.has(quiz)
        ? 'practised'
        : tried.has(quiz)
          ? 'tried'
          : 'new';
  return {
    title: snapshot.title,
    cycle: cycle.number,
    path: cycle.path === 'renewal' ? t('person.record.path') : null,
    organisation: cycle.organisation,
    job: jobInWords(cycle.job, t),
    state: cycle.completedAt === null ? 'open' : 'completed',
    since: t(`person.record.${cycle.completedAt === null ? 'begun' : 'completedOn'}`, {
      date: formatDate(cycle.completedAt ?? cycle.openedAt, place),
    }),
    steps: { done: asked.filter(step => isDone(step, progress)).length, all: asked.length },
    quizzes: await Promise.all(
      quizzes.map(async quiz => ({
        title: await quizNameIn([cycle.courseVersionId], quiz, t),
        state: stateOf(quiz),
      })),
    ),
  };
}

type Score = (share: number, words: Words) => string;

const exactScore: Score = (value, { t }) => t('numbers.percent', { value });

/** The lower ends of the bands in which managers see a score. */
const BANDS = [0.85, 0.7, 0.5, 0];

const band: Score = (share, { t }) =>
  t(`person.band.${Math.round((BANDS.find(end => share >= end) ?? 0) * 100)}`);

async function attemptRow(attempt: AttemptRow, scoreOf: Score, words: Words) {
  const { courseVersionId, quiz, number, submittedAt, startedAt, points, maxPoints } = attempt;
  const { snapshot } = await courseVersion(courseVersionId);
  const isOpen = submittedAt === null;
  return {
    quiz: await quizNameIn([courseVersionId], quiz, words.t),
    course: snapshot.title,
    job: jobInWords(attempt.job, words.t),
    number,
    when: moment(submittedAt ?? startedAt, words),
    state: isOpen ? 'open' : attempt.passed ? 'passed' : isPractice(snapshot, quiz) ? 'practised' : 'failed',
    score: isOpen || points === null || !maxPoints ? null : scoreOf(points / maxPoints, words),
  };
}

async function certificateRows({ userId, organisationId }: RecordOf, now: number, { place, t }: Words) {
  const found = await certificatesOf(userId);
  const shown = found.filter(each => organisationId === null || each.organisationId === organisationId);
  return shown.map(certificate => ({
    href: `${organisationId === null ? '/admin' : ''}/certificates/${certificate.id}`,
    course: certificate.facts.course.title,
    state: certificateState(certificate, now),
    awarded: formatDate(certificate.awardedAt, place),
    validUntil: lastDayInWords(certificate, place, t),
    code: displayCode(certificate.code),
  }));
}

async function roleRows(userId: string, { place, t }: Words) {
  const found = await rolesOfPerson(userId);
  return found.map(({ organisation, role, since, endedAt }) => ({
    organisation,
    text: t(`person.record.role.${role}`),
    since: t(`person.record.${endedAt === null ? 'since' : 'until'}`, {
      date: formatDate(endedAt ?? since, place),
    }),
  }));
}

function presenceText({ count, lastAt }: { count: number; lastAt: number | null }, words: Words): string {
  if (lastAt === null) return words.t('person.record.signedOut');
  return words.t('person.record.sessions', { count, when: moment(lastAt, words) });
}

const moment = (at: number, { place }: Words): string => formatMoment(at, place);
