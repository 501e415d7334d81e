import { parseArgs } from 'node:util';
import { tableLine } from '../../../platform/lib/text/text-table.js';
import { banks } from '../findings.js';
import { gatedItems } from './gated-item.js';
import { habits } from './habits.js';
import { leaks } from './leaks.js';
import type { Content } from '../../../teaching/content/schema/types.js';

/** No figure is wider than its column. */
const WIDTHS = [30, 42, 5, 34, 36];

/**
 * `content leaks [--seeds N]`: how much of the answers three models find that see no more than the options, the story or its first
 * sentence, each line as soon as it is known, and what phrases give away. Items of the second edition alone. Returns the exit code: 1
 * where a limit is broken. Throws an error with a sentence for a number of seeds that cannot be.
 */
export function runLeaks(args: string[], content: Content, say: (line: string) => void): number {
  const { values } = parseArgs({ args, options: { seeds: { type: 'string', default: '10' } } });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) throw new Error('--seeds must be a whole number of at least 1');
  const items = gatedItems(banks(content)).filter(({ edition }) => edition > 1);
  say(`Means of ${seeds} seeds, with the lowest and the highest.`);
  say(tableLine(['gate', 'of', 'items', 'figure', 'limit', 'verdict'], WIDTHS));
  const rows = function* () {
    yield* habits(items);
    yield* leaks(items, seeds);
  };
  let broken = 0;
  for (const { gate, of, n, figure, limit, verdict } of rows()) {
    say(tableLine([gate, of, n, figure, limit, verdict], WIDTHS));
    if (verdict === 'broken') broken += 1;
  }
  return broken > 0 ? 1 : 0;
}
