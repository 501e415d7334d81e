// What `elsewhere` runs: one task, in a process of its own, on a database of its own.
import pg from 'pg';
import { firstAdministratorToken } from '../../../server/people/accounts/administrators.js';
import { blockPerson } from '../../../server/people/accounts/blocking.js';
import { loadConfig } from '../../../server/config.js';
import { connect, database, disconnect } from '../../../server/platform/db/connect.js';
import { inLane } from '../../../server/platform/db/lanes.js';
import { migrate, migrateDown, pendingMigrations } from '../../../server/platform/db/migrate.js';
import { PreparedDatabase } from '../../../server/platform/db/sqlite-connection.js';
import { rows } from '../rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import type { RecordedEvent } from '../../../server/platform/events/event-payloads.js';
import { enqueue } from '../../../server/platform/events/jobs/enqueue.js';
import { LEASE } from '../../../server/platform/events/jobs/queue.js';
import { record } from '../../../server/platform/events/record.js';
import { SessionStore } from '../../../server/platform/http/security/sessions.js';
import { endRole, type OpenRole } from '../../../server/people/organisations/grants/role-grants.js';
import { rosterReactions } from '../../../server/people/organisations/roster/reactions.js';
import { openInstallation } from '../../../server/installation.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { createWorker } from '../../../server/worker.js';
import { claimOne } from '../claim-one.js';

const said: string[] = [];

const tasks = {
  /** Runs tasks one after the other, each written as its name and its arguments; prints for each, as JSON, what it printed. */
  async steps(...steps: string[]): Promise<void> {
    for (const step of steps) {
      const [each = '', ...rest] = step.split(' ');
      const before = said.length;
      await tasks[each as Task](...rest);
      say(JSON.stringify(said.splice(before)));
    }
  },
  /** Brings the schema up to date; prints what ran. */
  up: async () => (await migrate()).forEach(say),
  /** Undoes so many migrations; prints what was undone. */
  down: async (steps = '1') => (await migrateDown(Number(steps))).forEach(say),
  pending: async () => (await pendingMigrations()).forEach(say),
  /** Prints the schema: every table with its columns, every index. */
  schema: async () => (await schema()).forEach(say),
  /** Runs statements that write; or prints what some find, a row a line. */
  write: (...statements: string[]) =>
    inTransaction(async () => {
      for (const sql of statements) await rows(sql);
    }),
  async read(...queries: string[]) {
    for (const sql of queries) (await rows<object>(sql)).forEach(found => say(JSON.stringify(found)));
  },
  /** Records so many events, each in a transaction of its own, and a table in which reactions leave a trace. */
  async tell(times = '1') {
    await inTransaction(() => database().sequelize.query('create table traces (event text, reaction text)'));
    for (let n = 0; n < Number(times); n += 1) await tell();
  },
  /** Works the queue until it is empty; each reaction leaves a trace for each event. */
  async drain() {
    const traced = ['certificates.publish-supersession', 'certificates.sign-replacement'] as const;
    const reactions = Object.fromEntries(traced.map(name => [name, trace(name)]));
    const log = createLogger('error', { write: line => void process.stderr.write(line) });
    await createWorker({ reactions, routines: [], clock: Date.now, log }).drain();
  },
  /** Prints for each reaction how many traces it left, and of how many events. */
  async traces() {
    const found = await rows<{ reaction: string; all: number; events: number }>(
      'select reaction, count(*) as "all", count(distinct event) as events from traces group by reaction order by reaction',
    );
    for (const { reaction, all, events } of found) say(`${reaction} ${all} ${events}`);
  },
  /** Takes a job that nobody knows, and dies of it. */
  async abandon() {
    const job = { reaction: 'test.abandoned', lane: 'bulk' as const, dedupeKey: newId(), now: Date.now() };
    await inTransaction(() => enqueue(job));
    await claimOne('bulk', Date.now());
  },
  /** Prints of each abandoned job how often it was taken. */
  async taken() {
    const found = await rows<{ attempts: number }>(
      `select attempts from jobs where reaction = 'test.abandoned'`,
    );
    for (const { attempts } of found) say(String(attempts));
  },
  /**
   * Imports what was confirmed. With a number it dies at once, as by `kill -9`, when it is about to write placements for the
   * so-manieth time; without one it starts after the lease of the one before has run out.
   */
  async import(dies?: string) {
    if (dies) dieBefore('insert into placements', Number(dies));
    const clock = () => Date.now() + (dies ? 0 : 2 * LEASE);
    const { does } = rosterReactions['rosters.import'];
    const reactions = { 'rosters.import': (event: RecordedEvent) => does(event, { clock }) };
    const log = createLogger('error', { write: line => void process.stderr.write(line) });
    await createWorker({ reactions, routines: [], clock, log }).drain();
  },
  /** Blocks a person. */
  async block(userId = '') {
    await blockPerson(userId, 'Lost phone', { actorId: null, now: Date.now() });
  },
  /** Ends the roles of a person. */
  async dismiss(userId = '') {
    const held = await rows<OpenRole>(
      `select id, user_id as "userId", organisation_id as "organisationId", role, unit_id as "unitId", from_day as "fromDay"
       from role_grants where user_id = $1`,
      [userId],
    );
    const today = new Date().toISOString().slice(0, 10);
    for (const role of held) await endRole(role, { day: today, today }, { actorId: null, now: Date.now() });
  },
  /** Signs out of a session. */
  'sign-out': (id = '') => new SessionStore().end(id),
  /** Sets the counter to nothing. */
  zero: () =>
    inTransaction(() => rows(`insert into rate_limits (key, points, expire) values ('counter', 0, 0)`)),
  counter: async () => {
    const [counter] = await rows<{ points: number }>(`select points from rate_limits where key = 'counter'`);
    say(String(counter?.points));
  },
  /** Adds one to the counter so many times, reading it first and writing it back. */
  async add(times = '1') {
    await Promise.all(Array.from({ length: Number(times) }, addOne));
  },
  /** Starts a whole installation and ends it; prints what it warned of. */
  async start(folder = '') {
    const settings = { NODE_ENV: 'test', DATA_DIR: folder, DATABASE_URL: url, SECRET_KEY: '07'.repeat(32) };
    const config = loadConfig({ ...settings, BASE_URL: 'http://localhost:3000' });
    const log = createLogger('warn', { write: say });
    const installation = await openInstallation(config, log);
    await firstAdministratorToken({ key: installation.secrets.links, now: Date.now() });
    await installation.close();
  },
  /** Fills the lanes of reports and jobs with reads that never end, and prints what others could do meanwhile. */
  async crowd() {
    const endless = [1, 2, 3].flatMap(() => [
      inLane('reports', () => rows(ENDLESS())),
      inLane('jobs', () => rows(ENDLESS())),
    ]);
    const ended = Promise.allSettled(endless);
    const light = Array.from({ length: 20 }, (_, n) =>
      rows<{ n: number }>('select cast($1 as integer) as n', [n]),
    );
    say(`pages ${(await Promise.all(light)).flat().length}`);
    say(`health ${(await inLane('health', () => rows('select 1 as one'))).length}`);
    await inTransaction(() => rows(`insert into rate_limits (key, points, expire) values ('crowd', 7, 0)`));
    const [found] = await rows<{ points: number }>(`select points from rate_limits where key = 'crowd'`);
    say(`written ${found?.points}`);
    await disconnect();
    say(`cut off ${(await ended).filter(({ status }) => status === 'rejected').length}`);
  },
};

/** A read that does not end by itself while a test runs. */
const ENDLESS = () =>
  database().dialect === 'sqlite'
    ? 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as n from n'
    : 'select pg_sleep(3600)';

export type Task = keyof typeof tasks;

function say(line: string): void {
  said.push(line);
}

const tell = () =>
  inTransaction(() =>
    record(
      'certificate.superseded',
      { certificateId: newId(), replacementId: newId(), userId: newId(), reason: 'name-corrected' },
      { actorId: null, organisationId: null, now: Date.now() },
    ),
  );

const trace =
  (name: string) =>
  ({ id }: { id: string }) =>
    inTransaction(() => rows('insert into traces (event, reaction) values ($1, $2)', [id, name]));

const addOne = () =>
  inTransaction(async () => {
    const lock = database().dialect === 'postgres' ? ' for update' : '';
    const [counter] = await rows<{ points: number }>(
      `select points from rate_limits where key = 'counter'${lock}`,
    );
    await rows(`update rate_limits set points = $1 where key = 'counter'`, [(counter?.points ?? 0) + 1]);
  });

/** Ends this process without a word before so many statements of a kind have run. */
function dieBefore(statement: string, times: number): void {
  let left = times;
  const count = (sent: unknown) => {
    // PostgreSQL is sent a statement of a transaction as an object (server/platform/db/postgres.ts).
    const text = typeof sent === 'string' ? sent : (sent as { text?: unknown } | null)?.text;
    if (typeof text === 'string' && text.startsWith(statement) && --left === 0)
      process.kill(process.pid, 'SIGKILL');
  };
  const { ask } = PreparedDatabase.prototype;
  PreparedDatabase.prototype.ask = function (this: PreparedDatabase, ...sent: Parameters<typeof ask>) {
    count(sent[0]);
    return ask.apply(this, sent);
  };
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...sent: Parameters<typeof query>) {
    count(sent[0]);
    return query.apply(this, sent);
  } as typeof query;
}

async function schema(): Promise<string[]> {
  const found =
    database().dialect === 'sqlite'
      ? await rows<{ line: string }>(
          `select type || ' ' || name || ' ' || coalesce(sql, '') as line from sqlite_master where tbl_name <> 'migrations'`,
        )
      : await rows<{ line: string }>(
          `select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
             from information_schema.columns where table_schema = 'public' and table_name <> 'migrations'
           union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations'`,
        );
  return found.map(({ line }) => line.replace(/\s+/g, ' ')).sort();
}

const [url = '', task = '', ...args] = process.argv.slice(2);
if (task !== 'start') await connect(url);
await tasks[task as Task](...args);
await disconnect();
process.stdout.write(said.map(line => `${line}\n`).join(''));
