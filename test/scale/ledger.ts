import { loadConfig } from '../../server/config.js';
import { runVerifyLedger } from '../../server/proof/certificates/ledger/command-verify-ledger.js';
import { signHead } from '../../server/proof/certificates/ledger/signed-heads.js';
import { inLane } from '../../server/platform/db/lanes.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import { record } from '../../server/platform/events/record.js';
import { openInstallation, type Installation } from '../../server/installation.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { newId } from '../../server/platform/lib/ids.js';
import type { Figure } from '../bench/measured/figure.js';
import { keep } from '../bench/measured/keep.js';
import { count, write } from '../support/rows.js';

// `tsx test/scale/ledger.ts 1000000`: so many events, as the program records them, in the chains of eight organisations of an empty installation (DATA_DIR,
// DATABASE_URL); then what `verify-ledger` costs: whole, after a thousand more, and after one event was edited past the program. Kept in `test/measured/`.

const events = Number(process.argv[2]);
/** How many organisations there are, how many events share a transaction, and how many come after everything was proven. */
const [CHAINS, TOGETHER, MORE] = [8, 500, 1_000];
const figures: Figure[] = [];
const say = (line: string) => process.stdout.write(`${line}\n`);

const config = loadConfig(process.env);
const installation = await openInstallation(config, createLogger('error'));
try {
  await inLane('jobs', () => measure(installation));
} finally {
  await installation.close();
}

async function measure({ issuer }: Installation): Promise<void> {
  const organisations = Array.from({ length: CHAINS }, newId);
  for (const id of organisations)
    await write(
      `insert into organisations (id, slug, name, kind, time_zone, created_at) values ($1, $1, 'Large', 'customer', 'UTC', 1)`,
      [id],
    );
  const verify = (...args: string[]) =>
    runVerifyLedger(args, { addresses: config, checkpoints: issuer.checkpoints }, say);
  await timed(`Record ${events} events`, () => happen(organisations, events));
  await signHead(issuer, Date.now());
  await timed('Verify the whole ledger', () => verify('--whole'));
  await happen(organisations, MORE);
  await signHead(issuer, Date.now());
  await timed(`Verify after ${MORE} more`, () => verify());
  const [chain = ''] = organisations;
  const early = Math.floor((await count('events where chain = $1', [chain])) / 2);
  await edit(chain, early);
  await timed('Verify after an edit of an old event', () => verify());
  await timed('Verify the whole ledger again', () => verify('--whole'));
  keep('ledger', figures);
}

/** A learner finishes a lesson, again and again, now in this organisation and now in that one. */
async function happen(organisations: readonly string[], many: number): Promise<void> {
  for (let done = 0; done < many; done += TOGETHER)
    await inTransaction(async () => {
      for (let at = done; at < Math.min(many, done + TOGETHER); at += 1)
        await record(
          'lesson.finished',
          { cycleId: newId(), moduleSlug: 'foundations', lessonSlug: '01-what-it-is' },
          {
            actorId: newId(),
            organisationId: organisations[(at / TOGETHER) & (CHAINS - 1)] ?? null,
            now: Date.now(),
          },
        );
    });
}

async function edit(chain: string, seq: number): Promise<void> {
  const other = `replace(payload, 'foundations', 'another-one')`;
  await write(`update events set payload = ${other} where chain = $1 and seq = $2`, [chain, seq]);
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  figures.push(
    { what, value: (user + system) / 1e6, unit: 's of CPU' },
    { what: `${what}: memory`, value: process.memoryUsage().rss / 1e6, unit: 'MB' },
  );
}
