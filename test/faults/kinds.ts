import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { connect, disconnect } from '../../server/platform/db/connect.js';
import { sqliteFile } from '../../server/platform/db/sqlite-file.js';
import { lossesOf, type Fault } from './checks/checks.js';
import type { Disk } from './disk.js';
import { fillDisk, lookAfterFull, lookAtFull } from './full.js';
import type { Excuse } from './log.js';
import { bringMailBack, type PostOffice } from './mail.js';
import type { Office } from './office.js';
import type { Server } from './server.js';
import { readAnswers } from './checks/store.js';
import type { Taking } from './learners/taking.js';
import type { Told } from './learners/told.js';
import { badEnd, comes, isReady } from './until.js';

export type Database = 'sqlite' | 'postgres';

/** Where faults happen: the server, its database, and a folder for whatever a look at it needs. */
export interface Place {
  readonly server: Server;
  readonly url: string;
  readonly folder: string;
  readonly office: Office;
  /** Null: the server writes mail to files. */
  readonly post: PostOffice | null;
  /** What database and folder are on; null: one that is not there to be filled. */
  readonly disk: Disk | null;
}

/** The people around a fault. */
export interface Scene {
  /** All learners so far. */
  readonly told: readonly Told[];
  /** Those of this round, who had their last reply. */
  readonly crew: readonly Taking[];
  /** One more learner takes the quiz from beginning to end. */
  readonly another: () => Promise<Told>;
}

/** A kind of fault. Both steps return what went wrong in them. */
export interface Kind {
  /** How its number is labelled in the summary. */
  readonly label: string;
  readonly on: readonly Database[];
  /**
   * What goes wrong, until the fault is over, in a server that stays up: `mail`: jobs that mail may log errors; `all`: any
   * error may be logged, and a 503 is an answer. Null: the server does not stay up.
   */
  readonly excuse: Excuse | null;
  /** Makes the fault, at a random moment of the round, while learners send. */
  strike(place: Place): Promise<Fault[]>;
  /** After the last reply of the round: ends the fault. The server is up when this resolves. */
  mend(place: Place, scene: Scene): Promise<Fault[]>;
}

export const kinds = {
  kill: {
    label: 'kills',
    on: ['sqlite', 'postgres'],
    excuse: null,
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
    excuse: null,
    strike: ({ server }) => server.stop().then(none, (fault: unknown) => [badEnd(String(fault))]),
    mend: async (place, { told }) => {
      const faults = await lookAtFile(place, told);
      await place.server.start();
      return faults;
    },
  },
  backends: {
    label: 'backends terminated',
    on: ['postgres'],
    excuse: 'all',
    strike: async ({ url }) => {
      await terminateBackends(url);
      return [];
    },
    mend: async ({ server }) => {
      const hasEnded = !server.isUp();
      if (hasEnded) await server.start();
      if (!(await comes(() => isReady(server.base, 200))))
        throw new Error('The server did not get ready again');
      return hasEnded ? [badEnd('The server ended with its connections')] : [];
    },
  },
  mail: {
    label: 'mail server away, then silent',
    on: ['sqlite', 'postgres'],
    excuse: 'mail',
    strike: ({ post }) => {
      post?.mailbox.setAway(true);
      return Promise.resolve([]);
    },
    mend: async ({ url, office, post }, { told, another }) =>
      post ? bringMailBack({ url, office, post, told, another }) : [],
  },
  full: {
    label: 'disk full',
    on: ['sqlite'],
    excuse: 'all',
    strike: async ({ url, disk }) => {
      if (disk) await fillDisk(url, disk);
      return [];
    },
    mend: async ({ server, url, disk }, { told, crew }) => {
      const faults = await lookAtFull(server, { told, crew });
      disk?.free();
      return [...faults, ...(await lookAfterFull(server, url, told))];
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

/** After a stop, an SQLite database is one file, and whoever copies that file has everything. */
async function lookAtFile({ url, folder }: Place, told: readonly Told[]): Promise<Fault[]> {
  const file = sqliteFile(url);
  if (!file) return [];
  const left = existsSync(`${file}-wal`) ? [badEnd('The stop left a -wal file behind')] : [];
  const copy = join(folder, 'copy.sqlite');
  copyFileSync(file, copy);
  await connect(`sqlite:${copy}`);
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
