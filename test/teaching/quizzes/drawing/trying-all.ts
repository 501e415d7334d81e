import type { Drawable, FormBlueprint } from '../../../../server/teaching/quizzes/drawing/blueprint.js';

/** Every choice of some, none or all of these. */
export const subsets = <T>(of: readonly T[]): T[][] =>
  of.reduce<T[][]>((all, each) => [...all, ...all.map(some => [...some, each])], [[]]);

/** What a form has that it should have as little of as it can, what weighs most first. */
export function unwantedCounts(
  form: readonly Drawable[],
  { items, previous, practised = [] }: FormBlueprint,
): number[] {
  const last = previous.at(-1) ?? [];
  const isTwinOfLast = ({ id, pair }: Drawable) =>
    pair !== undefined &&
    !last.includes(id) &&
    items.some(other => other.pair === pair && last.includes(other.id));
  return [
    form.filter(({ id }) => last.includes(id)).length,
    form.filter(({ id }) => practised.includes(id)).length,
    form.filter(isTwinOfLast).length,
  ];
}

/**
 * The least that any form of the blueprint's items has of what `faultsIn` counts, found by trying them all: counts that weigh
 * most come first. Null where no form keeps its promises, so that drawing must refuse.
 */
export function leastOfAll<T extends Drawable, B extends FormBlueprint & { readonly items: readonly T[] }>(
  blueprint: B,
  keeps: (form: readonly T[], blueprint: B) => boolean,
  faultsIn: (form: readonly T[], blueprint: B) => number[],
): number[] | null {
  const faults = subsets(blueprint.items)
    .filter(form => keeps(form, blueprint))
    .map(form => faultsIn(form, blueprint));
  return faults.reduce<number[] | null>(
    (least, each) => (least === null || byWeight(each, least) < 0 ? each : least),
    null,
  );
}

/** Compares the first counts that differ. */
function byWeight(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((count, n) => count !== b[n]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
