import type { BankShare } from './bounds.js';
import { drawableItems, finalBanks, renewalBanks, sharesOf, type FinalBank } from './drawable.js';
import type { Path } from './load/yaml-source.js';
import type { Blueprint, Content, Course } from './schema/types.js';
import type { Item } from '../questions/item.js';

/** A quiz as a course file describes it; `path`: where it stands in that file. */
export interface PlannedQuiz {
  /** The slug of a module, `final` or `renewal`. */
  readonly name: string;
  readonly path: Path;
  readonly blueprint: Blueprint & { readonly from?: BankShare[] };
  /** The banks that it draws from, with how many items of each stand in a form; those of modules first. */
  readonly banks: readonly FinalBank[];
  /** All that it may draw. */
  readonly items: readonly Item[];
}

/** All quizzes of a course: those of its modules, its final, and that of its renewal. */
export function plannedQuizzes(course: Course, content: Pick<Content, 'modules' | 'final'>): PlannedQuiz[] {
  const { final, renewal } = course;
  return [
    ...course.modules.flatMap((entry, m) => ofModule(course, entry, m, content)),
    ...(final && content.final
      ? [ofBanks('final', ['final'], final, finalBanks(course, content.modules, content.final.items))]
      : []),
    ...(renewal
      ? [ofBanks('renewal', ['renewal', 'quiz'], renewal.quiz, renewalBanks(course, content.modules))]
      : []),
  ];
}

function ofModule(
  { jobs }: Course,
  { module, depth, quiz }: Course['modules'][number],
  m: number,
  { modules }: Pick<Content, 'modules'>,
): PlannedQuiz[] {
  if (!quiz) return [];
  const items = drawableItems(modules.find(({ slug }) => slug === module)?.items ?? [], depth, jobs);
  const banks = [{ module, count: quiz.draw, items }];
  return [{ name: module, path: ['modules', m, 'quiz'], blueprint: quiz, banks, items }];
}

const ofBanks = (
  name: string,
  path: Path,
  { from: _, ...blueprint }: Blueprint & { from?: unknown },
  banks: readonly FinalBank[],
): PlannedQuiz => ({
  name,
  path,
  blueprint: { ...blueprint, from: sharesOf(banks) },
  banks,
  items: banks.flatMap(({ items }) => items),
});
