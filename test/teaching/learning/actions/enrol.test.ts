import { expect } from 'chai';
import { row } from '../../../support/rows.js';
import { ada } from '../../../support/people.js';
import { ownWorld, world } from '../../../support/world.js';

describe('enrolling in a course', () => {
  ownWorld();
  it('opens the page of the course', async () => {
    const { browser } = await ada();
    await browser.get('/courses/volunteers');
    const page = await browser.submit('/learning', { course: 'volunteers' });
    expect(page.status).to.equal(200);
    expect(page.path).to.match(/^\/learning\/[\w-]{36}$/);
  });

  it('creates one cycle, however many requests arrive at once', async () => {
    const { browser, id } = await ada();
    await browser.get('/courses/volunteers');
    const pages = await Promise.all(
      Array.from({ length: 10 }, () => browser.submit('/learning', { course: 'volunteers' })),
    );
    expect(new Set(pages.map(({ path }) => path)).size).to.equal(1);
    const found = await row<{ n: number }>('select count(*) as n from cycles where user_id = $1', [id]);
    expect(Number(found?.n)).to.equal(1);
  });

  it('needs sign-in', async () => {
    const page = await world().visitor().post('/learning', { course: 'volunteers' });
    expect(page.status).to.equal(403);
  });

  it('returns 404 for a course that does not exist', async () => {
    const { browser } = await ada();
    await browser.get('/courses/volunteers');
    const page = await browser.submit('/learning', { course: 'nonsense' });
    expect(page.status).to.equal(404);
  });
});
