/** What a fault explains in a log: the errors of jobs that mail, or everything but what is fatal. */
export type Excuse = 'mail' | 'all';

/** From one moment to another (epoch ms, both included), and what is explained meanwhile. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly excuse: Excuse;
}

interface Line {
  readonly level: string;
  readonly time: string;
  readonly reaction?: string;
}

/** The lines of a log that no fault explains: those from outside these times, and whatever is fatal. */
export const unexplained = (lines: readonly string[], excused: readonly Span[]): string[] =>
  lines.filter(text => {
    const line = JSON.parse(text) as Line;
    return line.level === 'fatal' || !excused.some(span => explains(span, line));
  });

function explains({ from, to, excuse }: Span, { time, reaction }: Line): boolean {
  const at = Date.parse(time);
  return from <= at && at <= to && (excuse === 'all' || (reaction?.startsWith('mail.') ?? false));
}
