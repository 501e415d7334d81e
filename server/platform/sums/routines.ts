import type { Clocked } from '../events/reaction.js';
import type { Routines } from '../events/routines/routine.js';
import { countFacts } from './count.js';
import type { KeptFigure } from './kept-figure.js';

/** What counting needs from outside: every figure that is kept as sums. */
interface Counting extends Clocked {
  readonly figures: readonly KeptFigure[];
}

/** Figures are counted as answers come in. */
export const sumRoutines = {
  'statistics.count': {
    cron: '* * * * *',
    atStart: true,
    run: ({ figures, clock }) => countFigures(figures, clock()),
  },
} satisfies Routines<Counting>;

/** Count what was handed in since the last minute. */
async function countFigures(figures: readonly KeptFigure[], now: number): Promise<void> {
  for (const figure of figures) await countFacts(figure, now);
}
