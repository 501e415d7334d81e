import type { KeptFigure } from './kept-figure.js';
import { recountFigure } from './recount.js';

/**
 * `recount [--mend] statistics`, at the command line: counts every figure that is kept anew from what it is counted from, and says
 * where what is kept differs. Corrects it with `mends`, and writes nothing else. Returns the exit code: 1 where something differs.
 */
export async function recountStatistics(
  figures: readonly KeptFigure[],
  mends: boolean,
  say: (line: string) => void,
): Promise<number> {
  let found = 0;
  for (const figure of figures)
    await recountFigure(figure, { mends, clock: Date.now }, ({ subject, part, name }) => {
      found += 1;
      say(`${figure.name} ${[subject, part, name].filter(Boolean).join(', ')}: kept otherwise`);
    });
  say(found === 0 ? 'Every figure is right' : mends ? 'Corrected' : 'Correct this with --mend');
  return found === 0 || mends ? 0 : 1;
}
