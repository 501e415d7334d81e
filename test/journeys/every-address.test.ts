import { expect } from 'chai';
import {} from '../../server/db/connect.js';
import { ownWorld, world } from '../support/world.js';
import { scenes } from './scenes/scenes.js';
import { onPostgresOnly } from '../support/dialect.js';

/** What a page reads depends on the database, and how it looks does not: the browser sees the same scenes on SQLite. */
onPostgresOnly.describe('the address of every scene', function () {
  ownWorld();
  this.timeout(600_000);

  it('is answered on PostgreSQL', async () => {
    const faults: string[] = [];
    for (const { name, path, as } of await scenes()) {
      const { status } = await (as ?? world().visitor()).get(path);
      if (status >= 500) faults.push(`${name}: ${status} at ${path}`);
    }
    expect(faults).to.deep.equal([]);
  });
});
