import { loadConfig } from '../../server/config.js';
import { runVerifyLedger } from '../../server/certificates/ledger/command-verify-ledger.js';
import { signHead } from '../../server/certificates/ledger/signed-heads.js';
import { inLane } from '../../server/db/lanes.js';
import { inTransaction } from '../../server/db/transaction.js';
import { record } from '../../server/events/record.js';
import { openInstallation, type Installation } from '../../server/installation.js';
import { createLogger } from '../../server/lib/log.js';
import { newId } from '../../server/lib/ids.js';
import { count, write } from '../support/rows.js';

// `tsx test/scale/ledger.ts 1000000`: so many events, as the program records them, in the chains of eight organisations of an empty installation (DATA_DIR,
// DATABASE_URL); then what `verify-ledger` costs: whole, after a thousand more, and after one event was edited past the program. Seconds, of them those of CPU, and memory.

const events = Number(process.argv[2]);
/** How many organisations there are, how many events share a transaction, and how many come after everything was proven. */
const [CHAINS, TOGETHER, MORE] = [8, 500, 1_000];
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
    runVerifyLedger(args, { baseUrl: config.baseUrl, checkpoints: issuer.checkpoints }, say);
  await timed(`record ${events}`, () => happen(organisations, events));
  await signHead(issuer, Date.now());
  await timed('the whole ledger', () => verify('--whole'));
  await happen(organisations, MORE);
  await signHead(issuer, Date.now());
  await timed(`after ${MORE} more`, () => verify());
  const [chain = ''] = organisations;
  const early = Math.floor((await count('events where chain = $1', [chain])) / 2);
  await edit(chain, early);
  await timed('after one from before was edited, since the proven head', () => verify());
  await timed('the whole ledger', () => verify('--whole'));
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
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  const [seconds, cpu] = [(performance.now() - began) / 1000, (user + system) / 1e6];
  say(
    `${what}: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} of CPU, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
}
