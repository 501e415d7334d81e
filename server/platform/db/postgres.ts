import pg from 'pg';
import { Sequelize } from 'sequelize';
import { Unavailable } from '../../errors.js';
import { READ_LANES, type Param, type ReadLane } from './lanes.js';
import { LOCKS } from './locks.js';
import { preparing, type Prepare } from './prepared-statements.js';
import type { Opened } from './sqlite.js';

// BIGINT columns hold epoch milliseconds, far below 2^53: read as numbers, as on SQLite.
pg.defaults.parseInt8 = true;

/** How long opening a connection may take (ms). */
const CONNECT = 3_000;

/**
 * Compiling a statement to machine code pays for itself in statements that run for seconds. Ours take milliseconds, but PostgreSQL
 * decides by estimated cost, and its estimates for tables with few rows are off by orders of magnitude: checking a certificate
 * took three seconds on a new installation, all of them compiling.
 */
const NEVER_COMPILE = '-c jit=off';

/**
 * Several processes for one statement read on past the rows that fill a page, and keep others waiting: to find the first fifty of a
 * name among a million people they read all of that name. Only what reads everything gains by them.
 */
const ONE_PROCESS = `${NEVER_COMPILE} -c max_parallel_workers_per_gather=0`;

/**
 * A client that survives being cut off by the server at any moment. Where a query is running, that query fails; but an
 * idle client emits an event, as does one that is cut off before Sequelize begins to listen, and without a listener Node
 * ends the process. The pools discard such a client and open another.
 */
class CalmClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ options: NEVER_COMPILE, ...config });
    this.on('error', () => undefined);
  }
}

/**
 * How long a change waits for a connection (ms). When hundreds hand in within a second they queue here, and nothing is lost by waiting:
 * to turn somebody away after five seconds made them hand in again.
 */
const PATIENCE = 20_000;

/** Open the PostgreSQL database at `url`: transactions through Sequelize, and for each lane a pool of its own. */
export function openPostgres(url: string): Opened {
  const prepare = preparing();
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: { ...pg, Client: CalmClient },
    logging: false,
    retry: { max: 1 },
    pool: { max: 10, acquire: PATIENCE },
    dialectOptions: { statement_timeout: 10_000, connectionTimeoutMillis: CONNECT },
    define: { underscored: true, timestamps: false },
  });
  const pools = Object.fromEntries(
    (Object.keys(READ_LANES) as ReadLane[]).map(lane => [lane, openPool(url, lane, prepare)]),
  ) as Record<ReadLane, Pool>;
  return {
    sequelize,
    read: (lane, sql, params) => pools[lane].read(sql, params),
    async write(transaction, sql, params) {
      // Sequelize's types hide the driver's connection. Values are parsed as those of other reads are.
      const { connection } = transaction as unknown as { connection: pg.Client };
      const query = { ...prepare(sql, params), types: pg.types };
      return (await connection.query<object>(query).catch(away)).rows;
    },
    transact: work => sequelize.transaction(work),
    alone: (work, onWait) => alone(url, work, onWait),
    async close() {
      await Promise.all([sequelize.close(), ...Object.values(pools).map(pool => pool.close())]);
    },
  };
}

/** The lock belongs to a connection of its own, so it ends with this process, however that ends. */
async function alone<T>(url: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  const holder = new CalmClient({ connectionString: url, connectionTimeoutMillis: CONNECT });
  await holder.connect().catch(away);
  try {
    // Another process may migrate for as long as it needs.
    await holder.query('set statement_timeout = 0');
    const tried = await holder.query<{ free: boolean }>(
      `select pg_try_advisory_lock(${LOCKS.start}) as free`,
    );
    if (!tried.rows[0]?.free) {
      onWait();
      await holder.query(`select pg_advisory_lock(${LOCKS.start})`);
    }
    return await work();
  } finally {
    await holder.end();
  }
}

interface Pool {
  read(sql: string, params: readonly Param[]): Promise<unknown[]>;
  close(): Promise<void>;
}

function openPool(url: string, lane: ReadLane, prepare: Prepare): Pool {
  const { postgres: max, limit } = READ_LANES[lane];
  const isShort = lane === 'pages' || lane === 'awaited' || lane === 'health';
  const pool = new pg.Pool({
    connectionString: url,
    Client: CalmClient,
    options: isShort ? ONE_PROCESS : NEVER_COMPILE,
    max,
    statement_timeout: limit,
    connectionTimeoutMillis: Math.max(CONNECT, limit),
  });
  pool.on('error', () => undefined);
  const busy = new Set<pg.PoolClient>();
  const waiting = new Set<(reason: Error) => void>();

  /** A client of the pool, which on its own forgets who is waiting when it is closed. */
  const turn = () =>
    new Promise<pg.PoolClient>((take, refuse) => {
      waiting.add(refuse);
      pool
        .connect()
        .then(take, refuse)
        .finally(() => waiting.delete(refuse));
    });

  async function read(sql: string, params: readonly Param[]): Promise<unknown[]> {
    const client = await turn().catch(away);
    busy.add(client);
    let isGood = false;
    try {
      // What reads for long is planned anew each time: that costs little beside it, and the best plan depends on the values.
      const query = isShort ? prepare(sql, params) : { text: sql, values: [...params] };
      const { rows } = await client.query(query).catch(away);
      isGood = true;
      return rows as unknown[];
    } finally {
      busy.delete(client);
      client.release(!isGood);
    }
  }

  return {
    read,
    async close() {
      for (const refuse of waiting) refuse(new Unavailable('The database is being closed'));
      for (const client of busy) void client.end();
      await pool.end();
    },
  };
}

/** The error of a query has a code of PostgreSQL; that of a connection has none, or the system's. */
function away(fault: unknown): never {
  const isOfQuery = typeof (fault as { code?: unknown } | null)?.code === 'string';
  throw isOfQuery ? fault : new Unavailable('The database does not answer', { cause: fault });
}
