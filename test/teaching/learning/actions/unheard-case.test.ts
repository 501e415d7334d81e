import { expect } from 'chai';
import { publishContent } from '../../../../server/teaching/courses/publishing.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { files, scenario, sound } from '../../content/fixture.js';
import { UNHEARD_TEXT } from '../../questions/case-samples.js';
import { ada, dina } from '../../../support/people.js';
import { plain } from '../../../support/pages.js';
import { count } from '../../../support/rows.js';
import { enrolled } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

/** The sample case, in which waiting at the second decision may end without the child being found. */
const CASE = `${scenario.replace(
  'quality: weak, result: He goes., reason: Time is lost., better: Report., next: e1',
  'quality: unsafe, never: never-1, result: He goes., reason: Time is lost., better: Report., next: e1, unheard: e9',
)}  - { id: e9, kind: unheard, text: "${UNHEARD_TEXT}" }\n`;
const READ = 'reviews:\n  - { role: survivor leader, status: done, by: A. Reader, on: 2026-11-28 }\n';

/** A learner of a course whose only module has this case. */
async function learnerWith(text: string) {
  const tree = { ...files(), 'routes/scenario.yaml': text, 'routes/review.yaml': READ };
  await publishContent(sound(tree), 'sample', Date.now());
  const learner = await ada();
  const cycle = await enrolled(learner, 'volunteers');
  const home = `/learning/${cycle.id}/modules/routes`;
  return { ...learner, care: `/learning/${cycle.id}#care`, home, address: `${home}/case` };
}

const isUnheard = (html: string): boolean => html.includes('data-unheard');

describe('a practice case that may end without the child being found', () => {
  ownWorld();

  it('plays on as any other while that is switched off, and says nothing of it', async () => {
    const { browser, address } = await learnerWith(CASE);
    const [start, end] = [await browser.get(address), await browser.get(`${address}?path=a.b`)];
    expect(start.text).to.not.include('data-care');
    expect(end.text).to.include('data-ending').and.include('You passed it on.');
    expect(isUnheard(end.text)).to.equal(false);
    expect(plain(end.text)).to.not.include(plain(UNHEARD_TEXT));
  });

  describe('switched on', () => {
    const ON = CASE.replace('start: n1', 'endsUnheard: true\nstart: n1');

    it('says so before the first decision, with care, and not again', async () => {
      const { browser, address, care } = await learnerWith(ON);
      const start = await browser.get(address);
      expect(start.text).to.include('data-care="line"').and.include(`href="${care}"`);
      expect((await browser.get(`${address}?path=a`)).text).to.not.include('data-care');
    });

    it('leads from the unsafe choice, with its reason, to two sentences and three ways on', async () => {
      const { browser, address, home, care } = await learnerWith(ON);
      const outcome = await browser.get(`${address}/outcome?path=a&choice=b`);
      expect(plain(outcome.text)).to.include('Time is lost.').and.include('Report.');
      const end = `${address}?path=a.b`;
      expect(linksIn(outcome.text, /\/case\?/)).to.include.members([`${address}?path=a`, end]);

      const page = await browser.get(end);
      expect(page.status).to.equal(200);
      expect(isUnheard(page.text)).to.equal(true);
      expect(plain(page.text)).to.include(plain(UNHEARD_TEXT));
      expect(linksIn(page.text, /\/learning\/.+/)).to.have.members([`${address}?path=a`, home, care]);
      expect((await browser.get(`${address}?path=a`)).status).to.equal(200);
    });

    it('ends as any other after every other choice', async () => {
      const { browser, address } = await learnerWith(ON);
      for (const path of ['a.a', 'b']) {
        const { text } = await browser.get(`${address}?path=${path}`);
        expect([text.includes('data-ending'), isUnheard(text)], path).to.deep.equal([true, false]);
      }
    });

    it('stores nothing', async () => {
      const { browser, id, address } = await learnerWith(ON);
      const stored = async () => [
        await count('attempts where user_id = $1', [id]),
        await count('events where actor_id = $1', [id]),
      ];
      const before = await stored();
      await browser.get(`${address}/outcome?path=a&choice=b`);
      await browser.get(`${address}?path=a.b`);
      expect(await stored()).to.deep.equal(before);
    });

    it('is seen in the preview as learners see it', async () => {
      await learnerWith(ON);
      const { browser } = await dina();
      const address = '/admin/preview/volunteers/cases/routes';
      expect((await browser.get(address)).text).to.include('data-care="line"');
      const page = await browser.get(`${address}?path=a.b`);
      expect([page.status, isUnheard(page.text)]).to.deep.equal([200, true]);
      expect(linksIn(page.text, /\/cases\//)).to.include(`${address}?path=a`);
    });
  });
});
