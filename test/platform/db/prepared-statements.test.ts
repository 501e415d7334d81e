import { expect } from 'chai';
import { preparing } from '../../../server/platform/db/prepared-statements.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { row } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';
import { onPostgresOnly } from '../../support/dialect.js';

describe('a statement for PostgreSQL', () => {
  it('has a name once it is asked for again, and none like another', () => {
    const prepare = preparing();
    const ask = (text: string) => prepare(text, ['value']);
    expect(ask('select 1 as once')).to.deep.equal({ text: 'select 1 as once', values: ['value'] });
    const again = ask('select 1 as once');
    expect(again.name).to.be.a('string');
    expect(ask('select 1 as once')).to.deep.equal(again);
    const others = ['select 2 as twice', 'select 2 as twice'].map(text => ask(text).name);
    expect(others[0]).to.equal(undefined);
    expect(others[1]).to.be.a('string').and.not.equal(again.name);
  });

  it('has one whatever another database was asked', () => {
    const [busy, other] = [preparing(), preparing()];
    for (let n = 0; n < 1_000; n += 1) for (let time = 0; time < 2; time += 1) busy(`select ${n}`, []);
    expect(['select 1 as once', 'select 1 as once'].map(text => busy(text, []).name)[1]).to.equal(undefined);
    expect(['select 1 as once', 'select 1 as once'].map(text => other(text, []).name)[1]).to.be.a('string');
  });

  onPostgresOnly.describe('that is asked for again', () => {
    ownWorld();

    it('is planned once for a connection', async () => {
      const TEXT = 'select 1 as planned';
      const kept = `select count(*) as kept from pg_prepared_statements where statement = '${TEXT}'`;
      await inTransaction(async () => {
        for (const times of [0, 1, 1]) {
          await row(TEXT);
          expect((await row<{ kept: number }>(kept))?.kept).to.equal(times);
        }
      });
    });
  });
});
