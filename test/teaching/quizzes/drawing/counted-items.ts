import type { Drawable } from '../../../../server/teaching/quizzes/drawing/blueprint.js';

/** The same items, which count how often drawing looks at one: its work in numbers that no machine changes. */
export function countedItems(items: readonly Drawable[]) {
  let looks = 0;
  const counted = items.map(
    item =>
      new Proxy(item, {
        get(target, name) {
          looks += 1;
          return Reflect.get(target, name) as unknown;
        },
      }),
  );
  return { items: counted, looks: () => looks };
}
