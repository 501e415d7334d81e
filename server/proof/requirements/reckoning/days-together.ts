/** Days from one on, up to another. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** After every day. */
const END = 'x';

/** Every day there is, in spans of at most so many people each, or of one day. `days`: in their order, with how many people each has. */
export function daysTogether(
  days: readonly { readonly day: string; readonly people: number }[],
  most: number,
): DaySpan[] {
  const starts = [''];
  let held = 0;
  for (const { day, people } of days) {
    if (held > 0 && held + people > most) {
      starts.push(day);
      held = 0;
    }
    held += people;
  }
  return starts.map((from, at) => ({ from, to: starts[at + 1] ?? END }));
}
