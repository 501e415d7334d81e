import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { disconnect } from '../../server/db/connect.js';
import { sqliteFile } from '../../server/db/sqlite-file.js';
import { openDatabase } from '../../server/models.js';
import { lossesOf, type Fault } from './checks.js';
import type { Server } from './server.js';
import { readAnswers } from './store.js';
import type { Told } from './told.js';

export type Database = 'sqlite' | 'postgres';

/** Where faults happen: the server, its database, and a folder for whatever a look at it needs. */
export interface Place {
  readonly server: Server;
  readonly url: string;
  readonly folder: string;
}

/** A kind of fault. Both steps return what went wrong in them. */
export interface Kind {
  /** How its number is labelled in the summary. */
  readonly label: string;
  readonly on: readonly Database[];
  /** Whether the server stays up, and may answer 503 and log errors until the fault is over. */
  readonly isSurvived: boolean;
  /** Makes the fault, at a random moment of the round, while learners send. */
  strike(place: Place): Promise<Fault[]>;
  /** After the last reply of the round: ends the fault. The server is up when this resolves. `told`: all learners so far. */
  mend(place: Place, told: readonly Told[]): Promise<Fault[]>;
}

export const kinds = {
  kill: {
    label: 'kills',
    on: ['sqlite', 'postgres'],
    isSurvived: false,
    strike: async ({ server }) => {
      await server.kill();
      return [];
    },
    mend: async ({ server }) => {
      await server.start();
      return [];
    },
  },
  stop: {
    label: 'stops',
    on: ['sqlite', 'postgres'],
    isSurvived: false,
    strike: ({ server }) => server.stop().then(none, (fault: unknown) => [badEnd(String(fault))]),
    mend: async (place, told) => {
      const faults = await lookAtFile(place, told);
      await place.server.start();
      return faults;
    },
  },
  backends: {
    label: 'backends terminated',
    on: ['postgres'],
    isSurvived: true,
    strike: async ({ url }) => {
      await terminateBackends(url);
      return [];
    },
    mend: async ({ server }) => {
      const hasEnded = !server.isUp();
      if (hasEnded) await server.start();
      await untilReady(server.base);
      return hasEnded ? [badEnd('The server ended with its connections')] : [];
    },
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as KindName[];

/** Those of the wanted kinds that this database can have; none wanted: all that it can have. */
export const kindsFor = (database: Database, wanted: readonly KindName[]): KindName[] =>
  kindNames.filter(name => {
    const kind: Kind = kinds[name];
    return kind.on.includes(database) && (wanted.length === 0 || wanted.includes(name));
  });

const none = (): Fault[] => [];

const badEnd = (what: string): Fault => ({ kind: 'bad end', round: null, what });

/** After a stop, an SQLite database is one file, and whoever copies that file has everything. */
async function lookAtFile({ url, folder }: Place, told: readonly Told[]): Promise<Fault[]> {
  const file = sqliteFile(url);
  if (!file) return [];
  const left = existsSync(`${file}-wal`) ? [badEnd('The stop left a -wal file behind')] : [];
  const copy = join(folder, 'copy.sqlite');
  copyFileSync(file, copy);
  await openDatabase(`sqlite:${copy}`);
  try {
    const { of, same } = await readAnswers(told);
    return [...left, ...told.flatMap(each => lossesOf(each, of(each), same).map(inCopy))];
  } finally {
    await disconnect();
    rmSync(copy);
  }
}

const inCopy = (fault: Fault): Fault => ({ ...fault, what: `${fault.what}, in a copy of the file` });

/** Ends every connection to the database, as a restart of PostgreSQL does, and waits until they are gone. */
async function terminateBackends(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await client.end();
}

/** How long the server may take to be ready again (ms). */
const PATIENCE = 60_000;

async function untilReady(base: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while ((await fetch(`${base}/readyz`)).status !== 200) {
    if (Date.now() > end) throw new Error('The server did not get ready again in time');
    await wait(100);
  }
}
