import type { Family } from '../../../questions/jobs.js';
import { drawableItems, familiesAmong, finalBanks } from '../drawable.js';
import type { Content } from '../schema/types.js';
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
  courses.flatMap(course => {
    const own = course.modules.map(({ module, depth, quiz }) =>
      poolOf({ name: `${course.slug} / ${module}`, bank: module, draw: quiz.draw }, items, entries =>
        drawableItems(entries, depth, course.jobs),
      ),
    );
    const last = final ? finalBanks(course, modules, final.items) : [];
    const drawn = last.map(({ module, count, items: drawable }) => {
      const name = `${course.slug} / final${module === null ? '' : ` from ${module}`}`;
      return poolOf({ name, bank: module ?? 'final', draw: count }, items, () => drawable);
    });
    return [...own, ...drawn].flat();
  });

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
    const quizzes = [
      ...course.modules.map(({ module, quiz }) => ({ quiz: module, promised: quiz.family })),
      { quiz: 'final', promised: course.final?.family },
    ];
    return quizzes.flatMap(({ quiz, promised }) => {
      const name = `${course.slug} / ${quiz}`;
      const banks = poolsIn({ ...content, courses: [course] }, items).filter(
        pool => pool.name === name || pool.name.startsWith(`${name} from `),
      );
      const [first] = banks;
      if (promised === undefined || !first) return [];
      return [{ name, file: first.file, promised, families, items: banks.flatMap(pool => pool.items) }];
    });
  });

function poolOf(
  { name, bank, draw }: { name: string; bank: string; draw: number },
  items: readonly GatedItem[],
  drawable: (items: GatedItem['item'][]) => readonly GatedItem['item'][],
): Pool[] {
  const own = items.filter(entry => entry.bank.name === bank);
  const drawn = new Set(drawable(own.map(({ item }) => item)));
  const [first] = own;
  if (!first) return [];
  return [
    {
      name,
      file: first.bank.file,
      draw,
      items: own.filter(entry => drawn.has(entry.item) && isLive(entry)),
    },
  ];
}
