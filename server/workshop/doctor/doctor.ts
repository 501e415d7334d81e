import { existsSync, statSync } from 'node:fs';
import { rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastBackup } from '../../platform/db/last-backup.js';
import { ledgerHead, lostInRestores, seqIssuedBy } from '../../proof/certificates/ledger/ledger.js';
import { isOwnFolder } from '../../proof/certificates/ledger/data-folder.js';
import { openCheckpoints } from '../../proof/certificates/ledger/checkpoints.js';
import type { Config } from '../../config.js';
import { pendingMigrations } from '../../platform/db/migrate.js';
import { faultsOf, sqliteFile } from '../../platform/db/sqlite-file.js';
import { latestFutureEvent } from '../../platform/events/routines/clock.js';
import { differenceToDatabase, JUMP, lastJump } from '../../platform/events/routines/clock-hold.js';
import { workFigures } from '../../platform/events/jobs/work-figures.js';
import { reachMailServer } from '../../people/mails/mailer.js';
import { refuseNewerSchema, refuseOtherSettings } from '../../preconditions.js';

/** What one check found. `text` states it and, for anything but `ok`, says what to do. */
export interface CheckResult {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly text: string;
}

/** What a check may use. `now` is in epoch milliseconds. */
interface Place {
  readonly config: Config;
  readonly now: number;
}

type Told = Omit<CheckResult, 'check'>;

const ok = (text: string): Told => ({ state: 'ok', text });
const warn = (text: string): Told => ({ state: 'warn', text });
const fail = (text: string): Told => ({ state: 'fail', text });

/** In the order in which they are shown: first what the later ones depend on. */
const CHECKS: Readonly<Record<string, (place: Place) => Told | Promise<Told>>> = {
  schema,
  settings,
  database,
  'write-ahead log': log,
  marks,
  disk,
  clock,
  mail,
  jobs,
  backup,
};

/** Check everything that an installation depends on. The database is open. A check that throws has failed. */
export async function checkInstallation(place: Place): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for (const [check, look] of Object.entries(CHECKS)) {
    const told = await Promise.resolve()
      .then(() => look(place))
      .catch((fault: unknown) => fail(fault instanceof Error ? fault.message : String(fault)));
    found.push({ check, ...told });
  }
  return found;
}

async function schema(): Promise<Told> {
  await refuseNewerSchema();
  const waiting = await pendingMigrations();
  return waiting.length === 0
    ? ok('as this program knows it')
    : warn(`${waiting.length} changes wait: they are made when the server starts, or by "migrate"`);
}

/** SECRET_KEY against the stored key, BASE_URL against the certificates. */
async function settings({ config }: Place): Promise<Told> {
  await refuseOtherSettings(config);
  return config.developmentSecret
    ? warn('SECRET_KEY is not set and a key for development is used: set one before real use')
    : ok(`SECRET_KEY opens the signing key, and BASE_URL is ${config.baseUrl}`);
}

async function database({ config }: Place): Promise<Told> {
  const file = sqliteFile(config.databaseUrl);
  if (!file) return ok('PostgreSQL checks its own pages: run pg_amcheck to check all of them');
  const faults = await faultsOf(file, 'full');
  return faults.length === 0
    ? ok(`${file}, ${megabytes(statSync(file).size)}, every page and index read`)
    : fail(`${file} is damaged (${faults.join('; ')}): stop the server, keep the file, and restore a backup`);
}

/** A log larger than this (bytes) means that something keeps SQLite from clearing it. */
const LARGE_LOG = 256 * 1024 * 1024;

async function log({ config }: Place): Promise<Told> {
  const file = sqliteFile(config.databaseUrl);
  const size = file
    ? await stat(`${file}-wal`).then(
        found => found.size,
        () => 0,
      )
    : 0;
  return size > LARGE_LOG
    ? warn(`${megabytes(size)}: something reads without end; restart the server`)
    : ok(megabytes(size));
}

/** Every server copies marks within seconds; with some that have been missing for longer (ms) something is wrong. */
const COPIED_WITHIN = 60_000;

async function marks({ config, now }: Place): Promise<Told> {
  if (!(await isOwnFolder(config.dataDir)))
    return fail('DATA_DIR is not the data folder of this database: set it to that folder, or see "marks"');
  const found = openCheckpoints(config.dataDir);
  const gap = found.gap();
  if (gap !== null && gap.acceptedAt === null)
    return fail('DATA_DIR/published is incomplete: put back the folder, or see "marks"');
  const known = found.read().ledger?.seq ?? 0;
  const seq = await seqIssuedBy(now - COPIED_WITHIN);
  if (known < seq)
    return warn(
      `DATA_DIR/published knows ${known} of ${seq} certificates: start the server, or look in its log for why it cannot write there`,
    );
  if (known === 0) return ok('no certificate has been issued yet');
  // A restore that was noticed explains what the database no longer has.
  return known <= Math.max((await ledgerHead()).seq, (await lostInRestores()).ledgerSeq)
    ? ok(`the newest is that of certificate ${known}`)
    : fail(
        'the database is older than DATA_DIR/published: restart the server, which revokes again what was revoked',
      );
}

/** With less free space than this (bytes), the disk will soon be full. */
const ENOUGH = 1024 * 1024 * 1024;

async function disk({ config: { dataDir } }: Place): Promise<Told> {
  const probe = join(dataDir, `.doctor-${process.pid}`);
  await writeFile(probe, Buffer.alloc(64 * 1024, 1), { flush: true });
  await rm(probe);
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  return free < ENOUGH
    ? warn(`${megabytes(free)} free in DATA_DIR: make room`)
    : ok(`${megabytes(free)} free in DATA_DIR`);
}

/** No recorded event can be later than now, the database's clock says the same, and no clock has jumped within a day. */
async function clock({ now }: Place): Promise<Told> {
  const differs = (await differenceToDatabase(Date.now)) ?? 0;
  if (Math.abs(differs) > JUMP)
    return fail(
      `${minutes(differs)} minutes from the database's clock: set both by NTP; until then nothing is signed`,
    );
  const latest = await latestFutureEvent(now);
  if (latest !== null)
    return fail(
      `an event is dated ${minutes(latest - now)} minutes ahead of this clock: set the clock by NTP, then see "certificates redate"`,
    );
  const jump = await lastJump();
  return jump !== null && now - jump.recordedAt < DAY
    ? warn(
        `jumped from ${stamp(jump.from)} to ${stamp(jump.to)}: see that ${stamp(now)} is right, and set it by NTP`,
      )
    : ok(stamp(now));
}

const DAY = 86_400_000;

const minutes = (ms: number): number => Math.ceil(Math.abs(ms) / 60_000);

const stamp = (ms: number): string => new Date(ms).toISOString();

async function mail({ config }: Place): Promise<Told> {
  if (!config.smtpUrl) return warn('SMTP_URL is not set: mail is written to files');
  await reachMailServer(config.smtpUrl).catch((fault: unknown) => {
    throw new Error(`the mail server does not answer (${String(fault)}): look at SMTP_URL`);
  });
  return ok('the mail server answers');
}

async function jobs({ now }: Place): Promise<Told> {
  const figures = await Promise.all((['mail', 'other'] as const).map(of => workFigures(of, now)));
  const sum = (name: 'retrying' | 'failed' | 'late') => figures.reduce((all, each) => all + each[name], 0);
  const [retrying, failed, late] = [sum('retrying'), sum('failed'), sum('late')];
  if (failed > 0) return fail(`${failed} need somebody to look: see Administration`);
  if (retrying > 0) return warn(`${retrying} failed and are tried again: see Administration`);
  return late > 0
    ? warn(`${late} have waited longer than they should: is the server running?`)
    : ok('none is late');
}

const WEEK = 7 * DAY;

async function backup({ config, now }: Place): Promise<Told> {
  const last = await lastBackup(config.dataDir);
  if (!last) return warn('none has been made with "backup FILE" yet');
  const day = new Date(last.at).toISOString().slice(0, 10);
  if (now - last.at > WEEK) return warn(`the last was made on ${day}: make one every day`);
  return ok(existsSync(last.file) ? `${last.file}, of ${day}` : `of ${day}, and moved elsewhere`);
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
