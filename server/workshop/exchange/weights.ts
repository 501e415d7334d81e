import type { Note, Refusal } from './exchange-report.js';

/** What the weights of a choice come to: its form, and the positions of the right answers. */
export type Weighed =
  | { readonly form: 'one' | 'several'; readonly key: readonly number[]; readonly notes: readonly Note[] }
  | { readonly refusal: Refusal; readonly line: number };

/**
 * From foreign weights (per cent) to right and wrong. Our scale has no weights: of one right answer all or nothing,
 * of several an equal part for each right one, and a wrong one takes such a part away. Whatever was weighed in
 * another way is told. Several right answers of which only one is right are a single choice.
 */
export function weighed(
  weights: readonly number[],
  { isSingle, line }: { isSingle: boolean; line: number },
): Weighed {
  const least = isSingle ? 100 : Number.MIN_VALUE;
  const key = weights.flatMap((weight, at) => (weight >= least ? [at] : []));
  if (weights.length < 2) return { refusal: 'no-answers', line };
  if (key.length === 0) return { refusal: 'no-right-answer', line };
  const form = isSingle || key.length === 1 ? 'one' : 'several';
  const right = 100 / key.length;
  const isOurs = weights.every((weight, at) =>
    key.includes(at) ? Math.abs(weight - (form === 'one' ? 100 : right)) < 0.01 : isWrong(weight, form),
  );
  return {
    form,
    key,
    notes: [
      ...(isOurs ? [] : [{ code: 'scoring' as const, line }]),
      ...(form === 'one' && key.length > 1 ? [{ code: 'two-right' as const, line }] : []),
      ...(!isSingle && key.length === 1 ? [{ code: 'one-right' as const, line }] : []),
    ],
  };
}

/** One right answer leaves nothing to take away. */
const isWrong = (weight: number, form: 'one' | 'several'): boolean =>
  form === 'one' ? weight <= 0 : weight === -100;
