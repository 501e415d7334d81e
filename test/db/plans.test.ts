import { expect } from 'chai';
import { FIGURES } from '../../server/admin/figures.js';
import { database } from '../../server/db/connect.js';
import { rows } from '../support/rows.js';
import { inTransaction } from '../../server/db/transaction.js';
import { LATEST_EVENT } from '../../server/events/clock.js';
import { ownWorld } from '../support/world.js';

/** The plan of a query, as the database words it. PostgreSQL is kept from reading whole tables, as it does while they are small. */
const planOf = (sql: string): Promise<string> =>
  inTransaction(async () => {
    if (database().dialect === 'sqlite') return JSON.stringify(await rows(`explain query plan ${sql}`));
    for (const how of ['enable_seqscan', 'enable_sort', 'enable_bitmapscan'])
      await rows(`set local ${how} = off`);
    return JSON.stringify(await rows(`explain ${sql}`));
  });

describe('the plan of a query', () => {
  ownWorld();
  const cases: [string, string, string][] = [
    ['the courses of a person', `select id from cycles where user_id = 'somebody'`, 'cycles_user'],
    [
      'the newest certificates of all',
      'select id from certificates c order by c.awarded_at desc, c.id limit 50',
      'certificates_newest',
    ],
    [
      'the newest certificates of an organisation',
      `select id from certificates where organisation_id = 'one' and issued_at is not null
         and superseded_at is null order by awarded_at desc, id desc limit 50`,
      'certificates_newest_in',
    ],
    ['an event that lies in the future', LATEST_EVENT.text.replace('$1', '0'), 'events_time'],
  ];
  for (const [what, sql, index] of cases) {
    it(`finds ${what} by an index, and sorts nothing`, async () => {
      const plan = await planOf(sql);
      expect(plan).to.match(new RegExp(`\\b${index}\\b`));
      expect(plan).to.not.match(/temp b-tree|\bSort\b/i);
    });
  }

  it('counts the figures of the overview in covering indexes, without reading a table', async () => {
    const plan = await planOf(FIGURES.text.replaceAll('$1', '10001'));
    for (const index of ['users_confirmed', 'cycles_open', 'cycles_completed', 'certificates_issued'])
      expect(plan).to.match(new RegExp(`\\b${index}\\b`));
    expect(plan).to.not.match(/(SCAN|SEARCH) (users|cycles|certificates)(?! USING COVERING INDEX)|Seq Scan/);
  });
});
