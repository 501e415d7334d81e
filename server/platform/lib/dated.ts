import { isDeepStrictEqual } from 'node:util';

/** What was so from a day to another (exclusive; null: without an end). Days are texts like "2026-11-24". */
export interface Span<V> {
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly value: V;
}

/** A change of what is so of a subject, from a day on. */
export interface Amendment<V> {
  readonly fromDay: string;
  /** Exclusive; null: for good. Left out: until the next change that is planned already. */
  readonly toDay?: string | null;
  /** Null: nothing is so. */
  readonly value: V | null;
}

/**
 * The one rule for facts that are dated twice. `stored`: what we say of one subject today (the rows without `retiredAt`), of
 * which no two overlap. Returns the rows to retire and those to add, so that the change holds on its days, every other day
 * keeps its value, and no two overlap; a row that the change agrees with stays. Throws RangeError where a change would end
 * before it begins.
 */
export function amend<S extends Span<unknown>>(
  stored: readonly S[],
  change: Amendment<S['value']>,
): { retired: S[]; added: Span<S['value']>[] } {
  const { fromDay, value } = change;
  const toDay = change.toDay === undefined ? nextChange(stored, fromDay) : change.toDay;
  if (toDay !== null && toDay <= fromDay) throw new RangeError(`${toDay} is not after ${fromDay}`);
  const agreeing = stored.filter(each => isDeepStrictEqual(each.value, value));
  const retired = stored.filter(each => overlap(each, { fromDay, toDay }) && !agreeing.includes(each));
  const rest = retired.flatMap(each => without(each, { fromDay, toDay }));
  if (value === null) return { retired, added: rest };
  const missing = uncovered({ fromDay, toDay, value }, agreeing);
  return { retired, added: [...rest, ...missing] };
}

/**
 * As `amend`, but of one part of what is so (its name, say) while the rest stays as it was and is planned. Where nothing is so,
 * nothing begins. `toDay` left out: until the next change of that part that is planned already.
 */
export function amendPart<S extends Span<object>>(
  stored: readonly S[],
  { fromDay, toDay, part }: { fromDay: string; toDay?: string | null; part: Partial<S['value']> },
): { retired: S[]; added: Span<S['value']>[] } {
  const until =
    toDay === undefined
      ? nextChange(
          stored.map(each => onlyPart(each, part)),
          fromDay,
        )
      : toDay;
  const days = { fromDay, toDay: until };
  const retired = stored.filter(
    each => overlap(each, days) && !isDeepStrictEqual({ ...each.value, ...part }, each.value),
  );
  const added = retired.flatMap(({ fromDay: from, toDay: to, value }) => {
    const own = { fromDay: later(from, fromDay), toDay: until === null ? to : earlier(to, until) };
    return [...without({ fromDay: from, toDay: to, value }, own), { ...own, value: { ...value, ...part } }];
  });
  return { retired, added };
}

const onlyPart = <V extends object>(span: Span<V>, part: Partial<V>): Span<unknown> => ({
  ...span,
  value: Object.keys(part).map(name => span.value[name as keyof V]),
});

/** What is so on a day; null: nothing. */
export const valueOn = <V>(stored: readonly Span<V>[], day: string): V | null =>
  stored.find(each => isOn(each, day))?.value ?? null;

type Days = Omit<Span<unknown>, 'value'>;

/** Whether a day is one of a span's. */
export const isOn = ({ fromDay, toDay }: Days, day: string): boolean =>
  fromDay <= day && (toDay === null || day < toDay);

/** Whether two spans have a day in common. */
export const overlap = (one: Days, other: Days): boolean =>
  one.fromDay < endOf(other) && other.fromDay < endOf(one);

/** The first day after `day` on which something else is so; null: it stays. */
export function nextChange(stored: readonly Span<unknown>[], day: string): string | null {
  const before = valueOn(stored, day);
  const days = stored.flatMap(({ fromDay, toDay }) => [fromDay, toDay ?? fromDay]).sort();
  return days.find(each => each > day && !isDeepStrictEqual(valueOn(stored, each), before)) ?? null;
}

/** The parts of a span whose days are in none of the others. */
export const uncovered = <V>(span: Span<V>, others: readonly Days[]): Span<V>[] =>
  others.reduce<Span<V>[]>((parts, each) => parts.flatMap(part => without(part, each)), [span]);

/** The parts of a span that lie before and after another. */
function without<V>({ fromDay, toDay, value }: Span<V>, other: Days): Span<V>[] {
  const before = { fromDay, toDay: earlier(toDay, other.fromDay), value };
  const after = other.toDay !== null && { fromDay: later(fromDay, other.toDay), toDay, value };
  return [before, ...(after ? [after] : [])].filter(part => part.fromDay < endOf(part));
}

/** Sorts after every day. */
const NEVER = '~';
const endOf = ({ toDay }: Days): string => toDay ?? NEVER;

const earlier = (one: string | null, other: string): string => (one !== null && one < other ? one : other);
const later = (one: string, other: string): string => (one > other ? one : other);
