import { parseArgs } from 'node:util';
import { checkEverything } from './check/check-everything.js';
import type { LedgerHead } from './ledger.js';
import type { Checkpoints } from './checkpoints.js';

/**
 * `verify-ledger [--head SEQ:HASH]`, at the command line: names every row that was edited or moved or is missing. A head is
 * printed on each certificate: one that somebody kept shows whether the ledger was cut off since. Returns the exit code:
 * 1 when there is a discrepancy.
 */
export async function runVerifyLedger(
  args: string[],
  { baseUrl, checkpoints }: { baseUrl: string; checkpoints: Checkpoints },
  say: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({ args, options: { head: { type: 'string' } } });
  const { counted, erased, discrepancies } = await checkEverything(
    baseUrl,
    checkpoints.read(),
    known(values.head),
  );
  for (const { table, row, problem } of discrepancies) say(`${table}, row ${row}: ${problem}`);
  const looked = Object.entries(counted).map(([table, count]) => `${table} ${count}`);
  say(`checked: ${looked.join(', ')}`);
  if (Object.values(erased).some(count => count > 0))
    say(`erased, proven by hash only: certificates ${erased['certificates']}, events ${erased['events']}`);
  say(discrepancies.length === 0 ? 'No discrepancies.' : `Discrepancies: ${discrepancies.length}.`);
  return discrepancies.length === 0 ? 0 : 1;
}

function known(text: string | undefined): LedgerHead | null {
  if (text === undefined) return null;
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (!found) throw new Error('--head takes a number and a hash: 17:9f86d0…');
  return { seq: Number(found[1]), hash: found[2] ?? '' };
}
