import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';
import { elsewhere } from '../support/programs/elsewhere.js';

const folder = join(projectRoot, 'migrations');
const names = readdirSync(folder)
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

describe('the migrations folder', () => {
  it('has one change in each file, named by time, and all are run', () => {
    for (const name of names) expect(name).to.match(/^\d{12}-[a-z]+(-[a-z]+)+$/);
    const list = readFileSync(join(projectRoot, 'server/db/migrate.ts'), 'utf8');
    for (const name of names) expect(list).to.include(`/${name}.js'`);
    for (const name of names) {
      expect(readFileSync(join(folder, `${name}.ts`), 'utf8')).to.include(`export const name = '${name}'`);
    }
  });
});
