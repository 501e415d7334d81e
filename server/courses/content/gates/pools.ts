import { drawableItems, finalBanks } from '../drawable.js';
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
        drawableItems(entries, depth),
      ),
    );
    const last = final ? finalBanks(course, modules, final.items) : [];
    const drawn = last.map(({ module, count, items: drawable }) => {
      const name = `${course.slug} / final${module === null ? '' : ` from ${module}`}`;
      return poolOf({ name, bank: module ?? 'final', draw: count }, items, () => drawable);
    });
    return [...own, ...drawn].flat();
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
