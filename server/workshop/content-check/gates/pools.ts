import type { JobName } from '../../../teaching/questions/jobs.js';
import type { FinalBank } from '../../../teaching/content/drawable.js';
import { plannedQuizzes, type PlannedQuiz } from '../../../teaching/content/planned-quizzes.js';
import type { Content, Course } from '../../../teaching/content/schema/types.js';
import { isLive, type GatedItem } from './gated-item.js';

/** What a quiz of a course may draw and count. */
export interface Pool {
  /** The course and the bank. */
  readonly name: string;
  readonly file: string;
  /** How many of these a form holds. */
  readonly draw: number;
  /** The jobs that the course asks for. */
  readonly jobs: readonly JobName[];
  readonly items: readonly GatedItem[];
}

/** Every bank that a quiz draws from and that is among the items: a final may draw from several. */
export const poolsIn = ({ courses, modules, final }: Content, items: readonly GatedItem[]): Pool[] =>
  courses.flatMap(course =>
    plannedQuizzes(course, { modules, final }).flatMap(quiz =>
      quiz.banks.flatMap(bank =>
        poolOf(bank, { name: poolName(course, quiz, bank), jobs: course.jobs ?? [], gated: items }),
      ),
    ),
  );

const poolName = ({ slug }: Course, { name }: PlannedQuiz, { module }: FinalBank): string =>
  module === null || module === name ? `${slug} / ${name}` : `${slug} / ${name} from ${module}`;

/** A quiz that promises a number of its questions to the learner's job, and all that it may draw. */
export interface OwnPromise {
  /** The course and the quiz. */
  readonly name: string;
  readonly file: string;
  readonly promised: number;
  /** The jobs that the course asks for. */
  readonly jobs: readonly JobName[];
  readonly items: readonly GatedItem[];
}

/** The promises to jobs that courses make. Those of a final are kept out of all banks that it draws from. */
export const ownPromises = (content: Content, items: readonly GatedItem[]): OwnPromise[] =>
  content.courses.flatMap(course =>
    plannedQuizzes(course, content).flatMap(({ name: quiz, blueprint: { own: promised } }) => {
      const name = `${course.slug} / ${quiz}`;
      const banks = poolsIn({ ...content, courses: [course] }, items).filter(
        pool => pool.name === name || pool.name.startsWith(`${name} from `),
      );
      const [first] = banks;
      if (promised === undefined || !first) return [];
      const all = banks.flatMap(pool => pool.items);
      return [{ name, file: first.file, promised, jobs: course.jobs ?? [], items: all }];
    }),
  );

interface Naming extends Pick<Pool, 'name' | 'jobs'> {
  readonly gated: readonly GatedItem[];
}

function poolOf({ module, count, items }: FinalBank, { gated, ...named }: Naming): Pool[] {
  const drawn = new Set(items.map(({ id }) => id));
  const pool = gated.filter(
    entry => entry.bank.name === (module ?? 'final') && drawn.has(entry.item.id) && isLive(entry),
  );
  const [first] = pool;
  if (!first) return [];
  return [{ ...named, file: first.bank.file, draw: count, items: pool }];
}
