import type { CourseSnapshot } from '../../content/snapshot.js';
import { waitUntil } from '../../../platform/i18n/waits.js';
import { FINAL, type CourseStep, type Tried } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { attemptsAt, attemptsAtUnpassed, type AttemptFacts } from './attempts.js';
import type { CycleSoFar } from './cycle-so-far.js';
import { attemptAddresses } from './question-page.js';
import { countedIn, quizOf } from '../quiz.js';
import type { Quiz } from '../quiz-model.js';
import type { PageWords } from './start/start-notices.js';
import { rulesFromPractice, standingAt, type QuizStanding } from './start/start.js';

type TriedWords = PageWords & { readonly now: number };

/**
 * Where a learner stands at each quiz of a cycle that was attempted but not passed, by the quiz's name, and at a final that
 * waits for what practice missed.
 */
export async function triedQuizzes(
  soFar: CycleSoFar,
  course: CourseSnapshot,
  words: TriedWords,
): Promise<Map<string, Tried>> {
  const tried = new Map<string, Tried>();
  const known = await unpassedIn(soFar);
  for (const name of new Set([...soFar.attempted, FINAL])) {
    if (soFar.progress.passed.has(name)) continue;
    const found = await triedWith(soFar, { course, name, attempts: known.get(name) ?? [] }, words);
    if (found) tried.set(name, found);
  }
  return tried;
}

/** As `attemptsAtUnpassed`; nothing is read where all that was attempted is passed, or in its first attempt. */
async function unpassedIn(soFar: CycleSoFar): Promise<Map<string, AttemptFacts[]>> {
  const isKnown = (quiz: string) => soFar.progress.passed.has(quiz) || isFirstTry(soFar, quiz);
  return [...soFar.attempted].every(isKnown)
    ? new Map<string, AttemptFacts[]>()
    : attemptsAtUnpassed(soFar.cycle.id);
}

/** Whether a quiz is in its first attempt, so that nothing else stands there: a final may still wait for what practice missed. */
const isFirstTry = ({ justBegun, failedPractice }: CycleSoFar, quiz: string): boolean =>
  justBegun.has(quiz) && !(quiz === FINAL && failedPractice);

/** As `attemptsAt`; nothing is read where there is none. */
export const attemptsSoFar = async (
  { cycle, attempted }: CycleSoFar,
  quiz: string,
): Promise<AttemptFacts[]> => (attempted.has(quiz) ? attemptsAt(cycle.id, quiz) : []);

/**
 * The same for the quiz that comes next, and is not passed; nothing where no quiz comes next. `known`: a quiz whose attempts have
 * been read.
 */
export async function triedNext(
  soFar: CycleSoFar,
  course: CourseSnapshot,
  {
    next,
    known,
    ...words
  }: TriedWords & {
    readonly next: CourseStep | null;
    readonly known?: { readonly name: string; readonly attempts: readonly AttemptFacts[] };
  },
): Promise<Map<string, Tried>> {
  if (next?.kind !== 'quiz') return new Map();
  const name = next.quiz;
  const attempts =
    known?.name === name ? known.attempts : isFirstTry(soFar, name) ? [] : await attemptsSoFar(soFar, name);
  const found = await triedWith(soFar, { course, name, attempts }, words);
  return new Map(found ? [[name, found]] : []);
}

interface TriedPlace {
  readonly course: CourseSnapshot;
  readonly name: string;
  readonly attempts: readonly AttemptFacts[];
}

/** Null where the course has no such quiz, and where nothing stands before a first attempt. */
async function triedWith(
  soFar: CycleSoFar,
  { course, name, attempts }: TriedPlace,
  words: TriedWords,
): Promise<Tried | null> {
  const quiz = quizOf(course, name);
  if (!quiz) return null;
  const { cycle, failedPractice } = soFar;
  const cycleId = cycle.id;
  if (isFirstTry(soFar, name))
    return { kind: 'open', href: addresses(cycleId).quiz(name), rules: 0, practice: null, wait: null };
  const last = attempts.at(-1);
  if (!last) return failedPractice ? untried(await rulesFromPractice(cycleId, quiz)) : null;
  return triedAs(
    { cycleId, quiz, attempts, last },
    await standingAt(cycleId, quiz, attempts, words.now),
    words,
  );
}

/** Before the first attempt at a final, what practice missed may have to be worked through; `rules` by the attempt that missed them. */
function untried(rules: ReadonlyMap<string, string>): Tried | null {
  const [attemptId] = rules.values();
  if (attemptId === undefined) return null;
  const href = attemptAddresses(attemptId).remediation;
  return { kind: 'practised-rules', href, rules: rules.size, practice: null, wait: null };
}

interface TriedQuiz {
  readonly cycleId: string;
  readonly quiz: Quiz;
  readonly attempts: readonly AttemptFacts[];
  readonly last: AttemptFacts;
}

/** What the learner can do next at a quiz that was tried and is not passed. */
function triedAs(
  { cycleId, quiz, attempts, last }: TriedQuiz,
  { isOpen, left, from, rules, rulesOf }: QuizStanding,
  { now, place, t }: TriedWords,
): Tried {
  const quizHref = addresses(cycleId).quiz(quiz.name);
  const wait = isOpen || from === null ? null : waitUntil(from, now, place, t);
  const state = { rules: rules.length, wait, practice: quiz.practice ? practiceOf(quiz, attempts) : null };
  const { result } = attemptAddresses(last.id);
  if (isOpen) return { ...state, kind: 'open', href: quizHref };
  if (quiz.practice) return { ...state, kind: 'practised', href: quizHref };
  if (left === 0 && !wait) return { ...state, kind: 'spent', href: result };
  if (rulesOf !== null) return { ...state, kind: 'rules', href: attemptAddresses(rulesOf).remediation };
  return wait ? { ...state, kind: 'wait', href: result } : { ...state, kind: 'again', href: quizHref };
}

/** What came of the last attempt that was submitted. */
function practiceOf(quiz: Quiz, attempts: readonly AttemptFacts[]): Tried['practice'] {
  const last = attempts.findLast(({ submittedAt }) => submittedAt !== null);
  return last ? { right: last.rightAnswers ?? 0, count: countedIn(quiz, last.form) } : null;
}
