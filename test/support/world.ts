import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDocumentThread } from '../../server/proof/certificates/documents/document-thread.js';
import { openSigners } from '../../server/proof/certificates/signing/signers.js';
import { loadConfig, projectRoot, type Config } from '../../server/config.js';
import { publishContent } from '../../server/teaching/courses/publishing.js';
import { loadContent } from '../../server/teaching/content/load/load.js';
import type { Content } from '../../server/teaching/content/schema/types.js';
import { connect, disconnect } from '../../server/platform/db/connect.js';
import { migrate } from '../../server/platform/db/migrate.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import type { Item } from '../../server/teaching/questions/item.js';
import { onNudge } from '../../server/platform/events/jobs/nudge.js';
import { sourceHash } from '../../server/teaching/content/load/source-hash.js';
import { openInstallation, type Installation } from '../../server/installation.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { Client } from '../../server/workshop/smoke/client.js';
import { openMailbox, type Mailbox } from './programs/mailbox.js';
import { rows } from './rows.js';

/** The installation under test: the real app, database and mail, and a clock that tests may move. */
export interface World extends Installation {
  readonly base: string;
  readonly config: Config;
  readonly mailbox: Mailbox;
  /** What the installation logged, a line each. */
  readonly logged: string[];
  visitor(): Client;
}

let open: (World & { readonly folder: string; readonly drop: () => Promise<void> }) | null = null;

/** The installation of the tests that are running. */
export function world(): World {
  if (!open) throw new Error('No installation is open: the outermost describe begins with ownWorld()');
  return open;
}

/**
 * Gives the tests of the surrounding `describe` a fresh installation: content is published, an issuer has a key, and there are
 * no people. Call it first in an outermost `describe`.
 */
export function ownWorld(): void {
  before(function () {
    // Mocha runs hooks in the order in which they were added: this one comes after those of the tests, which may need the world.
    this.test?.parent?.afterAll(closeWorld);
    return openWorld();
  });
  // All people of all tests come from one network: without this the limits would meet them together.
  beforeEach(() => inTransaction(() => rows('delete from rate_limits')));
}

/** Everybody comes from an address of their own, as through a proxy: limits on one do not meet the others. */
export const fromSomewhere = (): Record<string, string> => ({
  'x-forwarded-for': `10.${[randomInt(256), randomInt(256), randomInt(256)].join('.')}`,
});

/** Opens a copy of the prepared installation: `ownWorld` for programs that are no tests. */
export async function openWorld(): Promise<void> {
  const template = await (prepared ??= prepare());
  const folder = mkdtempSync(join(template.folder, 'copy-'));
  const data = join(folder, 'data');
  cpSync(template.data, data, { recursive: true });
  const { url, drop } = await freshDatabase(folder, template.database);
  const mailbox = await openMailbox();
  const base = await address();
  const config = settings({ base, data, url, mailbox: mailbox.url });
  const logged: string[] = [];
  const log = createLogger(config.logLevel, { write: line => void logged.push(line) });
  const installation = await openInstallation(config, log);
  Object.assign(installation.issuer, { signers });
  Object.assign(installation.papers, { thread });
  const visitor = () => new Client(base, '', fromSomewhere());
  open = { ...installation, base, config, mailbox, logged, visitor, folder, drop };
  reactToNews();
}

/**
 * News is answered at once. What the clock asks for is run by the tests of it: at its minute it would come between others.
 * Of the worker's end nobody is told that it came too late.
 */
export function reactToNews(): void {
  onNudge(() => void open?.worker.drain().catch(() => undefined));
}

/** Threads that sign and draw take longer to start than an installation, and know nothing of one: all share them. */
const signers = { ...openSigners(), close: () => Promise.resolve() };
const thread = { ...openDocumentThread(), close: () => Promise.resolve() };

/** Closes it and removes everything of it. */
export async function closeWorld(): Promise<void> {
  if (!open) return;
  const closing = open;
  open = null;
  // As the program itself stops: what is being answered is finished before the database closes.
  await Promise.all(answers);
  await closing.close();
  await closing.mailbox.close();
  await closing.drop();
  rmSync(closing.folder, { recursive: true, force: true });
}

/** What is being answered. */
const answers = new Set<Promise<unknown>>();

/**
 * One server listens as long as this process lives, and the installation that is open answers: a port that was given back
 * could be another process's the next moment. Only browsers end connections that rest: after seconds of other work this
 * process would use one and end it at the same moment.
 */
const server = createServer({ keepAliveTimeout: 0 }, (req, res) => {
  if (!open) return void res.writeHead(503).end();
  const answered: Promise<unknown> = new Promise(done => res.once('close', done)).finally(() =>
    answers.delete(answered),
  );
  answers.add(answered);
  open.app(req, res);
}).unref();

async function address(): Promise<string> {
  if (!server.listening) await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An installation as it is after its first start, closed. */
interface Prepared {
  /** Removed at the end of the process, with what it holds. */
  readonly folder: string;
  readonly data: string;
  /** Its file on SQLite, its name on PostgreSQL. */
  readonly database: string;
}

let prepared: Promise<Prepared> | null = null;

/** A first start takes ten times as long as one on what it left behind, so there is one in a process, which all others copy. */
async function prepare(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-test-'));
  const data = join(folder, 'data');
  const { url, database } = await freshDatabase(folder);
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
    if (!url.startsWith('sqlite:')) dropAtExit(database);
  });
  await publishStrict(url);
  const log = createLogger('fatal');
  await (await openInstallation(settings({ base: await address(), data, url }), log)).close();
  return { folder, data, database };
}

/**
 * Publishes the courses as if each of their quizzes had to be passed, and the final had one bank: the rules that a course may choose,
 * and the shortest way to a question that counts. The program's own courses are taken whole by the smoke test.
 */
async function publishStrict(url: string): Promise<void> {
  const root = join(projectRoot, 'modules');
  const loaded = loadContent(root);
  if (!loaded.ok) throw new Error('The content has faults: run "npm run cli -- content check"');
  const courses = loaded.content.courses.map(({ modules, final, ...course }) => ({
    ...course,
    modules: modules.map(mustBePassed),
    ...(final && { final: withoutTrack(final) }),
  }));
  await connect(url);
  await migrate();
  for (const asksForJob of [true, false]) {
    const content = asksForJob ? withScenes(loaded.content) : loaded.content;
    const own = courses.filter(({ jobs }) => (jobs !== undefined) === asksForJob);
    await publishContent({ ...content, courses: own }, sourceHash(root), Date.now());
  }
  await disconnect();
}

/** As if what was written before there were scenes could be met in any job: questions of every type are drawn. */
const withScenes = ({ modules, final, ...content }: Content): Content => ({
  ...content,
  modules: modules.map(module => ({ ...module, items: module.items.map(somewhere) })),
  final: final && { ...final, items: final.items.map(somewhere) },
});

const somewhere = (item: Item): Item => ({ ...item, scene: item.scene ?? 'anywhere' });

/** In place of practice, whatever it draws, and of no quiz, three questions or six. */
const mustBePassed = ({ quiz, ...module }: Module): Module => ({
  ...module,
  quiz: !quiz || quiz.practice ? strict[module.depth] : quiz,
});

const strict = {
  essentials: { draw: 3, pass: 2, minCritical: 1, levels: { apply: 2 } },
  full: { draw: 6, pass: 5, minCritical: 1, levels: { apply: 3, analyse: 1 } },
};

/** A short final draws ten from the finals' own bank, a long one as many as before. */
const withoutTrack = ({ from, decisions: _, own: __, exposure: ___, ...final }: Final): Final =>
  from && final.draw < 20
    ? { ...final, draw: 10, pass: 8, minCritical: 2, levels: { apply: 6, analyse: 2 } }
    : final;

type Module = Content['courses'][number]['modules'][number];
type Final = NonNullable<Content['courses'][number]['final']>;

function settings(of: { base: string; data: string; url: string; mailbox?: string }): Config {
  return loadConfig({
    NODE_ENV: 'test',
    DATA_DIR: of.data,
    DATABASE_URL: of.url,
    BASE_URL: of.base,
    TRUST_PROXY: '1',
    SECRET_KEY: '07'.repeat(32),
    SMTP_URL: of.mailbox,
    MAIL_FROM: 'Training <training@example.org>',
    CONTACT_EMAIL: 'people@example.org',
    ISSUER_NAME: 'Test Passage',
    // Its document is in no data folder, unless a test puts it there.
    TRUSTED_ISSUERS: 'training.example',
    TIME_ZONE: 'Europe/Oslo',
    LOG_LEVEL: 'info',
  });
}

interface FreshDatabase {
  readonly url: string;
  /** The file on SQLite, the name on PostgreSQL. */
  readonly database: string;
  readonly drop: () => Promise<void>;
}

let made = 0;

/**
 * SQLite in the folder, or a new database on the PostgreSQL server that DATABASE_URL names: empty, or a copy of the database
 * `template`, which nobody may have open.
 */
export async function freshDatabase(folder: string, template?: string): Promise<FreshDatabase> {
  const server = process.env.DATABASE_URL;
  if (!server?.startsWith('postgres')) {
    const database = join(folder, 'test.sqlite');
    if (template) copyFileSync(template, database);
    return { url: `sqlite:${database}`, database, drop: () => Promise.resolve() };
  }
  const database = `safe_passage_test_${process.pid}_${Date.now()}_${(made += 1)}`;
  // Files are copied in less than half the time that writing each page to the log would take.
  const copied = template ? ` template ${template} strategy file_copy` : '';
  await asServer(server, `create database ${database}${copied}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return { url: url.href, database, drop: () => asServer(server, `drop database ${database} with (force)`) };
}

/** A process that ends waits for other processes, but for no answer of its own. */
const dropAtExit = (database: string) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', DROP, process.env.DATABASE_URL ?? '', database], {
    cwd: projectRoot,
  });

const DROP = `import pg from 'pg';
const [url, database] = process.argv.slice(1);
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query('drop database ' + database + ' with (force)');
await client.end();`;

async function asServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
