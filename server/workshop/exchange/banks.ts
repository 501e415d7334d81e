import type { CourseSnapshot } from '../../teaching/content/snapshot.js';
import type { Item } from '../../teaching/questions/item.js';

/** A bank as courses hold it. */
export interface ItemBank {
  readonly slug: string;
  readonly title: string;
  readonly items: readonly Item[];
}

const FINAL = 'final';

/**
 * The banks of published courses, each once. A course holds of a bank what it may draw, so the largest part comes
 * first, in its own order, and then what only others hold. `finalTitle` names the bank of the final assessments.
 */
export function banksOf(courses: readonly CourseSnapshot[], finalTitle: string): ItemBank[] {
  const parts = courses.flatMap(({ modules, final }): ItemBank[] => [
    ...modules.map(({ slug, title, quiz }) => ({ slug, title, items: quiz.items })),
    ...(final ? [{ slug: FINAL, title: finalTitle, items: final.items }] : []),
  ]);
  const slugs = [...new Set(parts.map(({ slug }) => slug))];
  const isFinal = (slug: string) => Number(slug === FINAL);
  return slugs
    .sort((a, b) => isFinal(a) - isFinal(b))
    .flatMap(slug => whole(parts.filter(part => part.slug === slug)));
}

function whole(parts: readonly ItemBank[]): ItemBank[] {
  const [first, ...others] = [...parts].sort((a, b) => b.items.length - a.items.length);
  if (!first) return [];
  const items = [first, ...others].flatMap(part => part.items);
  return [
    { ...first, items: items.filter((item, at) => items.findIndex(({ id }) => id === item.id) === at) },
  ];
}
