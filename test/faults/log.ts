/** From one moment to another (epoch ms, both included). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The lines of a log that no fault explains: those from outside these times, and whatever is fatal. */
export const unexplained = (lines: readonly string[], excused: readonly Span[]): string[] =>
  lines.filter(line => {
    const { level, time } = JSON.parse(line) as { level: string; time: string };
    const at = Date.parse(time);
    return level === 'fatal' || !excused.some(({ from, to }) => from <= at && at <= to);
  });
