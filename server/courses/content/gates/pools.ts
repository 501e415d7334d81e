import type { Family } from '../../../questions/jobs.js';
import { familiesAmong, type FinalBank } from '../drawable.js';
import { plannedQuizzes, type PlannedQuiz } from '../planned-quizzes.js';
import type { Content, Course } from '../schema/types.js';
import { isLive, type GatedItem } from './gated-item.js';

/** What a quiz of a course may draw and count. */
export interface Pool {
  /** The course and the bank. */
  readonly name: string;
  readonly file: string;
  /** How many of these a form holds. */
  readonly draw: number;
  readonly items: readonly GatedItem[];
}

/** Every bank that a quiz draws from and that is among the items: a final may draw from several. */
export const poolsIn = ({ courses, modules, final }: Content, items: readonly GatedItem[]): Pool[] =>
  courses.flatMap(course =>
    plannedQuizzes(course, { modules, final }).flatMap(quiz =>
      quiz.banks.flatMap(bank => poolOf(poolName(course, quiz, bank), bank, items)),
    ),
  );

const poolName = ({ slug }: Course, { name }: PlannedQuiz, { module }: FinalBank): string =>
  module === null || module === name ? `${slug} / ${name}` : `${slug} / ${name} from ${module}`;

/** A quiz that promises a number of its questions to the family of the learner's job, and all that it may draw. */
export interface FamilyPromise {
  /** The course and the quiz. */
  readonly name: string;
  readonly file: string;
  readonly promised: number;
  /** The families of the jobs that the course asks for. */
  readonly families: readonly Family[];
  readonly items: readonly GatedItem[];
}

/** The promises to families that courses make. Those of a final are kept out of all banks that it draws from. */
export const familyPromises = (content: Content, items: readonly GatedItem[]): FamilyPromise[] =>
  content.courses.flatMap(course => {
    const families = familiesAmong(course.jobs).filter(family => family !== null);
    return plannedQuizzes(course, content).flatMap(({ name: quiz, blueprint: { family: promised } }) => {
      const name = `${course.slug} / ${quiz}`;
      const banks = poolsIn({ ...content, courses: [course] }, items).filter(
        pool => pool.name === name || pool.name.startsWith(`${name} from `),
      );
      const [first] = banks;
      if (promised === undefined || !first) return [];
      return [{ name, file: first.file, promised, families, items: banks.flatMap(pool => pool.items) }];
    });
  });

function poolOf(name: string, { module, count, items }: FinalBank, gated: readonly GatedItem[]): Pool[] {
  const own = gated.filter(entry => entry.bank.name === (module ?? 'final'));
  const drawn = new Set(items.map(({ id }) => id));
  const [first] = own;
  if (!first) return [];
  const pool = own.filter(entry => drawn.has(entry.item.id) && isLive(entry));
  return [{ name, file: first.bank.file, draw: count, items: pool }];
}
