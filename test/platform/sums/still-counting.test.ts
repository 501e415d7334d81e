import { expect } from 'chai';
import { countedGains } from '../../../server/teaching/follow-up/gains/counted-gains.js';
import { countedQuizzes } from '../../../server/teaching/quizzes/item-analysis/kept/counted-quizzes.js';
import { countFacts } from '../../../server/platform/sums/count.js';
import { dina } from '../../support/people.js';
import { write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

/** So many facts of a figure wait to be counted. They are gone meanwhile, and add nothing. */
const waiting = (figure: string, facts: number) =>
  write(
    `insert into uncounted_facts (figure, fact, was, changes)
     with recursive n (i) as (select 1 union all select i + 1 from n where i < $2)
     select $1, 'gone ' || i, null, 0 from n`,
    [figure, facts],
  );

describe('pages of figures', () => {
  ownWorld();

  for (const [figure, pages] of [
    [countedQuizzes, ['/admin/statistics', '/admin/signals']],
    [countedGains, ['/admin/follow-up']],
  ] as const)
    it(`say while much of ${figure.name} is not counted yet, and only then`, async () => {
      const { browser } = await dina();
      const say = async (page: string) =>
        (await browser.get(page)).text.includes(said('statistics.counting'));
      for (const page of pages) expect(await say(page), page).to.equal(false);
      await waiting(figure.name, 1_001);
      for (const page of pages) expect(await say(page), page).to.equal(true);
      await countFacts(figure, Date.now());
      for (const page of pages) expect(await say(page), page).to.equal(false);
    });
});
