import { parseArgs } from 'node:util';
import type { Addresses } from '../../open-badges/did.js';
import { checkEverything, type LedgerReport } from './check/check-everything.js';
import type { LedgerHead } from './ledger.js';
import type { Checkpoints } from './checkpoints.js';
import { keepProven } from './keep-proven.js';

/**
 * `verify-ledger [--whole] [--head SEQ:HASH]`, at the command line: names every row that was edited or moved or is missing, of those
 * since the signed head up to which all was proven, or of all. A head is printed on each certificate: one that somebody kept shows
 * whether the ledger was cut off since. Where all is right, the newest signed head is marked as proven. Returns the exit code: 1 when
 * there is a discrepancy.
 */
export async function runVerifyLedger(
  args: string[],
  { addresses, checkpoints }: { addresses: Addresses; checkpoints: Checkpoints },
  say: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({ args, options: { head: { type: 'string' }, whole: { type: 'boolean' } } });
  const report = await checkEverything({
    addresses,
    published: checkpoints.read(),
    known: known(values.head),
    goesOn: !values.whole,
  });
  const { counted, erased, discrepancies } = report;
  for (const { table, row, problem } of discrepancies) say(`${table}, row ${row}: ${problem}`);
  const looked = Object.entries(counted).map(([table, count]) => `${table} ${count}`);
  say(`${fromWhere(report)}: ${looked.join(', ')}`);
  if (Object.values(erased).some(count => count > 0))
    say(`erased, proven by hash only: certificates ${erased['certificates']}, events ${erased['events']}`);
  say(discrepancies.length === 0 ? 'No discrepancies.' : `Discrepancies: ${discrepancies.length}.`);
  keepProven(report, checkpoints, Date.now());
  return discrepancies.length > 0 ? 1 : 0;
}

function fromWhere({ since }: LedgerReport): string {
  if (since === null) return 'checked from the beginning';
  const [proven, whole] = [since.at, since.wholeAt].map(at => new Date(at).toISOString().slice(0, 10));
  return `checked after signed head ${since.number}, up to which all was proven on ${proven} (from the beginning on ${whole}; --whole does so again)`;
}

function known(text: string | undefined): LedgerHead | null {
  if (text === undefined) return null;
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (!found) throw new Error('--head takes a number and a hash: 17:9f86d0…');
  return { seq: Number(found[1]), hash: found[2] ?? '' };
}
