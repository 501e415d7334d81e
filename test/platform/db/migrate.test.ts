import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';
import { knownMigrations, migrationsAmong } from '../../../server/platform/db/migrate.js';
import { elsewhere } from '../../support/programs/elsewhere.js';

const names = readdirSync(join(projectRoot, 'migrations'))
  .map(file => file.replace(/\.ts$/, ''))
  .sort();

/** The database of the run: `npm run test:postgres` tries the other one. */
const kind = process.env.DATABASE_URL?.startsWith('postgres') ? 'PostgreSQL' : 'SQLite';

describe(`migrations on ${kind}`, function () {
  it('go up, all the way down, and up again to the same schema', async () => {
    await elsewhere(async ({ steps }) => {
      const all = `down ${names.length}` as const;
      const [waiting, ran, left, schema, undone, nothing, again, same] = await steps(
        ...(['pending', 'up', 'pending', 'schema', all, 'schema', 'up', 'schema'] as const),
      );
      expect([waiting, ran, left]).to.deep.equal([names, names, []]);
      expect(schema).to.have.length.greaterThan(20);
      expect([undone, nothing]).to.deep.equal([[...names].reverse(), []]);
      expect([again, same]).to.deep.equal([names, schema]);
    });
  });

  it('run once when two programs start at the same moment', async () => {
    await elsewhere(async ({ run, steps }) => {
      const ran = (await Promise.all([run('up'), run('up')])).flat();
      expect(new Set(ran)).to.deep.equal(new Set(names));
      expect(await steps('pending', 'up')).to.deep.equal([[], []]);
    });
  });

  it('can be undone step by step', async () => {
    await elsewhere(async ({ steps }) => {
      const last = names.slice(-1);
      expect(await steps('up', 'down', 'pending', 'up')).to.deep.equal([names, last, last, last]);
    });
  });
});

describe('the files of migrations', () => {
  it('are named by time, and run in this order', () => {
    const mixed = ['202612020310-b.ts', '202611280001-create-accounts.ts', '202612020110-c.ts'];
    expect(migrationsAmong(mixed).map(({ name }) => name)).to.deep.equal([
      '202611280001-create-accounts',
      '202612020110-c',
      '202612020310-b',
    ]);
    expect(knownMigrations()).to.deep.equal(names);
  });

  it('have the same names when compiled, beside their source maps', () => {
    const compiled = names.flatMap(name => [`${name}.js`, `${name}.js.map`]);
    expect(migrationsAmong(compiled).map(({ name }) => name)).to.deep.equal(names);
  });

  it('stop the program if one has any other name', () => {
    for (const file of ['add-a-table.ts', '2026-add-a-table.ts', '202612020310-Add.js', '202612020310.ts'])
      expect(() => migrationsAmong([file]), file).to.throw(file);
  });
});
