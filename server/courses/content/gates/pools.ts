import { drawableItems, finalItems } from '../drawable.js';
import type { Blueprint, Content, Course } from '../schema/types.js';
import { isLive, type GatedItem } from './gated-item.js';

/** What a quiz of a course may draw and count. */
export interface Pool {
  /** The course and the bank. */
  readonly name: string;
  readonly file: string;
  readonly quiz: Blueprint;
  readonly items: readonly GatedItem[];
}

/** Every quiz whose bank is among the items. */
export const poolsIn = ({ courses, modules, final }: Content, items: readonly GatedItem[]): Pool[] =>
  courses.flatMap(course => {
    const own = course.modules.map(({ module, depth, quiz }) =>
      poolOf(course, module, quiz, items, entries => drawableItems(entries, depth)),
    );
    const last = course.final
      ? poolOf(course, 'final', course.final, items, entries => finalItems(course, modules, entries))
      : [];
    return [...own, ...(final ? [last] : [])].flat();
  });

function poolOf(
  { slug }: Course,
  bank: string,
  quiz: Blueprint,
  items: readonly GatedItem[],
  drawable: (items: GatedItem['item'][]) => GatedItem['item'][],
): Pool[] {
  const own = items.filter(entry => entry.bank.name === bank);
  const drawn = new Set(drawable(own.map(({ item }) => item)));
  const [first] = own;
  if (!first) return [];
  return [
    {
      name: `${slug} / ${bank}`,
      file: first.bank.file,
      quiz,
      items: own.filter(entry => drawn.has(entry.item) && isLive(entry)),
    },
  ];
}
