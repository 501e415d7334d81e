import { expect } from 'chai';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { measured } from '../measured.js';
import { ada, dina, signedIn } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { plain } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

/** So many people of an organisation who had nothing right before, all right after, and half of it a week later. */
async function crowd(organisation: string, count: number): Promise<void> {
  const scores = (points: number) => [['foundations', 'M1-O1', points] as const];
  for (let n = 0; n < count; n += 1)
    await measured(organisation, { baseline: scores(0), post: scores(100), 'refresher-7': scores(50) });
}

describe('figures before, after and later', () => {
  ownWorld();
  let browser: Client;
  let organisation: string;
  const page = () => `/admin/follow-up?organisation=${organisation}`;
  const file = () => page().replace('?', '.csv?');

  before(async () => {
    ({ browser } = await dina());
  });

  beforeEach(async () => {
    organisation = await otherOrganisation();
  });

  it('say no number of four people, and tell of five', async () => {
    await crowd(organisation, 4);
    const few = await browser.get(page());
    expect(plain(few.text)).to.include('Whole course not shown').and.not.match(/\d%/);
    expect((await browser.get(file())).text).to.include(',,,,,');
    await crowd(organisation, 1);
    const { text } = await browser.get(page());
    expect(plain(text)).to.match(/Whole course 5 0% 100% 1\.00 50% \(5\) not shown not shown/);
    expect(text).to.include('aria-current="page">Before and after');
  });

  it('come as a file, with modules and objectives', async () => {
    await crowd(organisation, 5);
    const { text, headers } = await browser.get(file());
    expect(headers.get('content-type')).to.include('text/csv');
    const [head = '', ...records] = text.trim().split('\r\n');
    expect(head).to.include('normalised gain').and.include('lost after 90 days');
    const names = [
      'airline-and-transport,course,,airline-and-transport',
      'airline-and-transport,module,foundations,foundations',
      'airline-and-transport,objective,foundations,M1-O1',
    ];
    const figures = `5,0,1,1,5,0.5,5,1,0.5,0.5${','.repeat(12)}`;
    expect(records).to.deep.equal(names.map(name => `${name},${figures}`));
  });

  it('of their own people are there for managers, on page and in file, and of nobody else', async () => {
    await crowd(organisation, 5);
    const ben = await signedIn();
    await appoint(ben, 'manager', organisation);
    const { text } = await ben.browser.get('/admin/follow-up');
    expect(plain(text)).to.match(/Whole course 5 0% 100%/);
    expect(text).to.not.include('href="/admin/people"');
    expect((await ben.browser.get(file())).text).to.include('airline-and-transport,course');
    const other = await otherOrganisation();
    await crowd(other, 5);
    for (const path of ['/admin/follow-up', '/admin/follow-up.csv'])
      expect((await ben.browser.get(`${path}?organisation=${other}`)).status, path).to.equal(404);
    const auditor = await signedIn();
    await appoint(auditor, 'auditor', organisation);
    expect((await auditor.browser.get(page())).status).to.equal(404);
  });

  it('are for administrators, and of an organisation that has some', async () => {
    await crowd(organisation, 1);
    const learner = await ada();
    for (const path of [page(), file()]) expect((await learner.browser.get(path)).status, path).to.equal(404);
    const empty = await otherOrganisation();
    for (const id of ['nothing', '%00', empty]) {
      expect((await browser.get(`/admin/follow-up?organisation=${id}`)).status, id).to.equal(404);
      expect((await browser.get(`/admin/follow-up.csv?organisation=${id}`)).status, id).to.equal(404);
    }
    expect((await browser.get('/admin/follow-up')).text).to.include(page());
  });
});
