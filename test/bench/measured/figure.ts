/** One thing that was measured. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** What the value counts: 'ms of CPU', 'MB', '× bare Express'. */
  readonly unit: string;
  /** The value may be this at most; left out where nothing was promised. */
  readonly target?: number;
}

/** What one run of a program measured: a file of `test/measured/`. */
export interface Run {
  readonly subject: string;
  readonly command: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Of the program that was measured. */
  readonly commit: string;
  readonly machine: string;
  readonly figures: readonly Figure[];
}

/** Tell the target of what has one. */
export const withTarget = (figure: Figure, target: number | undefined): Figure =>
  target === undefined ? figure : { ...figure, target };

/** A table of figures, in Markdown. */
export function tableOf(figures: readonly Figure[]): string[] {
  return [
    '| What | Value | Target, at most |',
    '|---|---|---|',
    ...figures.map(
      ({ what, value, unit, target }) => `| ${what} | ${shown(value)} ${unit} | ${verdict(value, target)} |`,
    ),
  ];
}

/** Three digits say all that a measurement can. */
function shown(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(Number.isInteger(value) ? 0 : digits);
}

const verdict = (value: number, target: number | undefined): string =>
  target === undefined ? '' : `${target}, ${value <= target ? 'met' : '**missed**'}`;
