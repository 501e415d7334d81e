/** Somebody was so from a day to another (exclusive; null: for good). */
interface Spanned {
  readonly fromDay: string;
  readonly toDay: string | null;
}

/**
 * Spans in order, those that follow each other without a gap and say the same as one: a leave that was entered in two parts, or a
 * second completion that changes neither standing nor due date. `said`: what a reader sees of a span.
 */
export function alikeTogether<S extends Spanned>(
  spans: readonly S[],
  said: (span: S) => string,
): (Spanned & { readonly parts: readonly S[] })[] {
  const together: { fromDay: string; toDay: string | null; parts: S[] }[] = [];
  for (const span of spans) {
    const before = together.at(-1);
    const first = before?.parts[0];
    if (before && first && before.toDay === span.fromDay && said(first) === said(span)) {
      before.toDay = span.toDay;
      before.parts.push(span);
    } else together.push({ fromDay: span.fromDay, toDay: span.toDay, parts: [span] });
  }
  return together;
}
