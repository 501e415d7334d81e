import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { elsewhere, runOn, type Elsewhere } from './support/programs/elsewhere.js';
import { onPostgresOnly } from './support/dialect.js';

describe('programs that start at the same moment', function () {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'starts-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const severalOn = async ({ run }: Elsewhere) => {
    await Promise.all([1, 2].map(() => run('start', folder)));
    const found = await run(
      'read',
      `select (select count(*) from library_versions) as libraries, (select count(*) from issuer_keys) as keys,
         (select count(distinct course_slug) - count(*) from course_versions) as twice`,
    );
    expect(JSON.parse(found[0] ?? '{}')).to.deep.equal({ libraries: 1, keys: 1, twice: 0 });
  };

  it('all start on an empty database, and create everything once', () => elsewhere(severalOn));

  it('do not start both where their data folders differ', async () => {
    await elsewhere(async ({ run }) => {
      const starts = await Promise.allSettled(['a', 'b'].map(name => run('start', join(folder, name))));
      const refused = starts.flatMap(start => (start.status === 'rejected' ? [String(start.reason)] : []));
      expect(refused).to.have.length(1);
      expect(refused[0]).to.include('CannotStart').and.include('DATA_DIR');
    });
  });

  onPostgresOnly.it('wait for one that migrates, however long it takes, and log that', async () => {
    await elsewhere(async ({ url }) => {
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      await other.query('select pg_advisory_lock(7201124), pg_advisory_lock(7201127)');
      const impatient = `${url}?statement_timeout=${LIMIT}`;
      const starting = runOn(impatient, 'start', folder);
      const migrating = runOn(impatient, 'up');
      const failed = Promise.race(
        [starting, migrating].map(ending => ending.then(() => Promise.reject(new Error('It did not wait')))),
      );
      failed.catch(() => undefined);
      await Promise.race([failed, bothWait(other)]);
      await other.end();
      expect((await starting).join()).to.include('waiting for another process');
      await migrating;
    });
  });
});

/** How long a statement may take there (ms). */
const LIMIT = 500;

/** Until two others have waited for a lock for longer than their statements may take. */
async function bothWait(client: pg.Client): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'
    and query_start < clock_timestamp() - interval '${2 * LIMIT} milliseconds'`;
  while ((await client.query(waiting)).rowCount !== 2);
}
