import { fileURLToPath } from 'node:url';
import sqlite3 from 'sqlite3';
import { connect, disconnect } from '../../server/platform/db/connect.js';
import { row, write } from '../support/rows.js';
import type { Fault, FaultKind } from './checks/checks.js';
import type { KindName } from './kinds.js';
import type { Plan } from './rounds.js';

/** A bug put into the server from outside, to see that the fault test finds it. */
export interface Plant {
  readonly what: string;
  /** Loaded into the server's process before the program. */
  readonly preload: string;
  /** Done to the database before the server starts. */
  readonly prepare: ((url: string) => Promise<void>) | null;
  /** The fault that brings it out. */
  readonly fault: KindName;
  /** What brings it out for certain; null: faults at random moments do, sooner or later. */
  readonly plan: Plan | null;
  /** What must be found; null: nothing may be. */
  readonly finds: FaultKind | null;
}

const file = (name: string) => fileURLToPath(new URL(`./plants/${name}.mjs`, import.meta.url));

/** One learner in two tabs is enough where the bug strikes each time. */
const UNDISTURBED: Plan = { moments: [null], crew: 1 };

export const plants = {
  ack: {
    what: 'answers are acknowledged before they are committed',
    preload: file('acknowledge-early'),
    prepare: null,
    fault: 'kill',
    plan: { moments: [{ errand: 'answer', accepted: 1 }], crew: 1 },
    finds: 'lost answer',
  },
  index: {
    what: 'two starts of a quiz see none, and nothing unique stops the second',
    preload: file('look-away'),
    prepare: dropUniqueness,
    fault: 'kill',
    plan: UNDISTURBED,
    finds: 'not one result',
  },
  look: {
    what: 'two starts of a quiz see none: the unique index alone must stop the second',
    preload: file('look-away'),
    prepare: null,
    fault: 'kill',
    plan: UNDISTURBED,
    finds: null,
  },
  unsent: {
    what: 'a mail that the mail server did not take counts as sent',
    preload: file('count-as-sent'),
    prepare: null,
    fault: 'mail',
    plan: null,
    finds: 'mail',
  },
  room: {
    what: 'a commit for which the disk has no room counts as done',
    preload: file('commit-anyway'),
    prepare: null,
    fault: 'full',
    plan: null,
    finds: 'lost answer',
  },
} as const satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;

/** Whether a series found what was planted, or nothing where nothing is to be found. */
export const isAsPlanted = (faults: readonly Fault[], plant: Plant | null): boolean =>
  plant?.finds ? faults.some(({ kind }) => kind === plant.finds) : faults.length === 0;

/** What keeps a second open attempt out: the partial index, and that attempts are numbered. */
async function dropUniqueness(url: string): Promise<void> {
  if (url.startsWith('sqlite:')) return dropOnSqlite(url.slice('sqlite:'.length));
  await connect(url);
  await write('drop index attempts_one_open');
  await write('alter table attempts drop constraint attempts_cycle_id_quiz_number_key');
  await disconnect();
}

/** SQLite drops no constraint of a table: the table is made again without it (sqlite.org/lang_altertable.html#otheralter). */
async function dropOnSqlite(path: string): Promise<void> {
  await connect(`sqlite:${path}`);
  const table = await row<{ sql: string }>(`select sql from sqlite_master where name = 'attempts'`);
  await disconnect();
  const without = table?.sql
    .replace(/^create table attempts/i, 'create table remade')
    .replace(/,\s*unique \(cycle_id, quiz, number\)/, '');
  await execute(
    path,
    `pragma foreign_keys = off; begin; drop index attempts_one_open; ${without};
     insert into remade select * from attempts; drop table attempts; alter table remade rename to attempts; commit;`,
  );
}

function execute(path: string, sql: string): Promise<void> {
  return new Promise((done, failed) => {
    const database: sqlite3.Database = new sqlite3.Database(path, () => {
      database.exec(sql, fault => {
        if (fault) return failed(fault);
        database.close(() => done());
      });
    });
  });
}
