import { ownQuiz, type CourseSnapshot } from '../../teaching/content/snapshot.js';
import { usualPolicy } from '../../teaching/content/schema/policy-schema.js';
import { askedAmong, formItems } from '../../teaching/content/drawable.js';
import { FINAL, RENEWAL } from '../../teaching/learning/completion.js';
import type { Item } from '../../teaching/questions/item.js';
import type { JobName } from '../../teaching/questions/jobs.js';
import type { Scenario } from '../../teaching/questions/types/scenario/scenario-shape.js';
import { walkOf } from '../../teaching/questions/types/scenario/scenario.js';
import type { Answer } from '../../teaching/questions/answer.js';
import type { DrawnSlot } from '../../teaching/quizzes/drawing/draw-form.js';
import { seededRandom, type Random } from '../../teaching/quizzes/drawing/seeded-random.js';
import type { Quiz } from '../../teaching/quizzes/quiz-model.js';
import { caseOf, gradeForm, itemIn, newForm, quizOf } from '../../teaching/quizzes/quiz.js';
import type { Bot } from './bot.js';
import { guessers, type ModelGuesses } from './guessers.js';
import { skilledLearners } from './skilled.js';

/** How one bot fared with one quiz: shares of those who sat it. */
export interface PassRate {
  readonly bot: Pick<Bot, 'name' | 'isGuesser'>;
  readonly atOnce: number;
  readonly inThree: number;
}

/** One quiz of a course, for one job. */
export interface Sitting {
  readonly course: string;
  readonly quiz: string;
  readonly job: JobName | null;
  /** Whatever comes of it, the learner can go on. */
  readonly isPractice: boolean;
  readonly rates: readonly PassRate[];
  /** All that it draws from. */
  readonly items: readonly Item[];
}

interface Plan {
  /** How many people sit each quiz. Every bot sits the same forms. */
  readonly people: number;
  readonly seed: string;
  readonly guesses: ModelGuesses;
}

const TRIES = 3;

/**
 * All quizzes of a course, drawn and graded as for any learner, each when it is asked for: a thousand finals take minutes. The same
 * plan gives the same figures.
 */
export function* simulate(course: CourseSnapshot, plan: Plan): Generator<Sitting> {
  for (const name of quizNames(course)) {
    const quiz = quizOf(course, name);
    if (!quiz) continue;
    for (const job of jobsOn(quiz, course)) yield sit(course.slug, { ...quiz, job }, job, plan);
  }
}

/** The quizzes of a course by their names: those of its modules, the final, and the renewal's. */
const quizNames = ({ modules }: CourseSnapshot): string[] => [
  ...modules.filter(ownQuiz).map(({ slug }) => slug),
  FINAL,
  RENEWAL,
];

/** The quiz that a bank without a course is asked as: any ten of it, eight of which must be right. */
const ANY_TEN = {
  draw: 10,
  pass: 8,
  minCritical: 0,
  scenarios: [],
  policy: usualPolicy,
  remediated: new Map(),
};

/** A bank that no course draws from, asked of everybody, whatever job its items are written for. */
export function simulateBank(name: string, bank: readonly Item[], plan: Plan): Sitting {
  const items = bank.map(({ roles: _, ...item }): Item => item);
  return sit(name, { ...ANY_TEN, name, title: name, learnerTitle: name, items }, null, plan);
}

/** Where all items are for everybody, the forms of all jobs are alike. */
const jobsOn = ({ items }: Quiz, { jobs }: CourseSnapshot): readonly (JobName | null)[] =>
  items.some(({ roles }) => roles !== undefined) ? askedAmong(jobs) : askedAmong(jobs).slice(0, 1);

function sit(course: string, quiz: Quiz, job: JobName | null, { people, seed, guesses }: Plan): Sitting {
  const bots = [...guessers(formItems(quiz.items, job), guesses), ...skilledLearners];
  const passes = bots.map(bot => ({ bot, atOnce: 0, inThree: 0 }));
  for (let person = 0; person < people; person += 1) {
    const forms = formsOf(quiz, [seed, course, quiz.name, job ?? '', person].join(':'));
    for (const count of passes) {
      const tries = triesOf(count.bot, quiz, forms);
      if (tries === 1) count.atOnce += 1;
      if (tries !== null) count.inThree += 1;
    }
  }
  const rates = passes.map(({ bot: { name, isGuesser }, atOnce, inThree }) => ({
    bot: { name, isGuesser },
    atOnce: atOnce / people,
    inThree: inThree / people,
  }));
  return { course, quiz: quiz.name, job, isPractice: quiz.practice === true, rates, items: quiz.items };
}

interface Form {
  readonly slots: readonly DrawnSlot[];
  readonly seed: string;
}

/** The forms of one person, each drawn when somebody comes to it. */
function formsOf(quiz: Quiz, seed: string): (at: number) => Form {
  const drawn: Form[] = [];
  return at => {
    while (drawn.length <= at) {
      const own = `${seed}:${drawn.length}`;
      const earlier = drawn.map(({ slots }) => slots);
      drawn.push({ slots: newForm(quiz, earlier, own), seed: own });
    }
    return drawn[at] as Form;
  };
}

/** With which try the bot passes; null where with none. */
function triesOf(bot: Bot, quiz: Quiz, forms: (at: number) => Form): number | null {
  for (let at = 0; at < TRIES; at += 1) if (passes(bot, quiz, forms(at))) return at + 1;
  return null;
}

function passes(bot: Bot, quiz: Quiz, { slots, seed }: Form): boolean {
  const random = seededRandom(`${seed}:${bot.name}`);
  const kept = slots.map((drawn, at) => {
    const scenario = caseOf(quiz, drawn);
    const response = scenario ? walked(scenario, bot, random) : bot.answer(itemIn(quiz, drawn).item, random);
    return { slot: at + 1, sequence: 1, response };
  });
  return gradeForm(quiz, slots, kept).total.passed;
}

/** A case, decision by decision to its end. */
function walked(scenario: Scenario, bot: Bot, random: Random): Answer {
  const path: string[] = [];
  for (let at = walkOf(scenario, { path }); at.node; at = walkOf(scenario, { path }))
    path.push(bot.chooseIn(at.node, random));
  return { path };
}
