import { expect } from 'chai';
import { grantCourse } from '../../../../server/teaching/courses/access/granting.js';
import { previewForm } from '../../../../server/teaching/quizzes/preview/preview.js';
import { quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import { linksIn, type Client } from '../../../../server/workshop/smoke/client.js';
import { byOperator, whileOpenToEveryone } from '../../../support/grants.js';
import { ada, dina, signedIn } from '../../../support/people.js';
import { said } from '../../../support/said.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { course } from '../../../support/walk.js';
import { optionsOf } from '../../../support/answers.js';
import { plain, send } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

const COURSE = 'volunteers';
const QUIZ = 'survivor-trauma';
const base = `/admin/preview/${COURSE}`;
const form = (quiz = QUIZ) => `${base}/quizzes/${quiz}?seed=abc`;
const result = (quiz = QUIZ) => `${base}/quizzes/${quiz}/result?seed=abc`;

async function manager() {
  const ben = await signedIn({ name: 'Ben Okafor' });
  const organisation = await otherOrganisation();
  await appoint(ben, 'manager', organisation);
  return { ...ben, organisation };
}

const status = async (browser: Client, path: string) => (await browser.get(path)).status;

/** What only the key would say of these questions: the feedback on their options. */
async function toldOf(text: string): Promise<string[]> {
  const { snapshot } = await course(COURSE);
  const items = [QUIZ, 'final'].flatMap<Item>(name => quizOf(snapshot, name)?.items ?? []);
  const words = plain(text);
  const feedback = items.flatMap(optionsOf).map(option => plain(option.feedback));
  const reasons = snapshot.final?.scenarios
    .flatMap(({ nodes }) => nodes)
    .flatMap(({ choices }) => choices.map(({ reason }) => plain(reason)));
  return [...feedback, ...(reasons ?? [])].filter(each => words.includes(each));
}

describe('a preview by managers', () => {
  ownWorld();
  it('shows the courses that their people may take', async () => {
    const { browser, organisation } = await manager();
    const page = (slug: string) => `/admin/preview/${slug}/quizzes/final?seed=a`;
    expect(await status(browser, page(COURSE))).to.equal(200);
    expect(await status(browser, page('law-enforcement'))).to.equal(404);
    expect((await browser.get('/admin/preview')).text).to.not.include('law-enforcement');
    await grantCourse('law-enforcement', organisation, byOperator());
    expect(await status(browser, page('law-enforcement'))).to.equal(200);
    expect(await status(browser, '/admin/preview/law-enforcement/exam-case/EX-S3')).to.equal(200);
  });

  it('is of a restricted course for all of them while it is granted to everyone', async () => {
    const { browser } = await manager();
    const page = '/admin/preview/law-enforcement/exam-case/EX-S3';
    expect(await whileOpenToEveryone(() => status(browser, page))).to.equal(200);
    expect(await status(browser, page)).to.equal(404);
  });

  it('shows every page and no key: they may take the course themselves', async () => {
    const { browser } = await manager();
    const administrator = (await dina()).browser;
    for (const quiz of [QUIZ, 'final']) {
      for (const shown of ['pass', 'fail']) {
        await browser.get(form(quiz));
        const { text } = await browser.submit(result(quiz), { shown });
        expect(await toldOf(text), `${quiz} ${shown}`).to.deep.equal([]);
        expect(plain(text).includes(said('preview.heldBack')), `${quiz} ${shown}`).to.equal(shown === 'pass');
      }
      await administrator.get(form(quiz));
      const whole = await administrator.submit(result(quiz), { shown: 'pass' });
      expect(await toldOf(whole.text), quiz).to.not.deep.equal([]);
      expect(plain(whole.text)).to.not.include(said('preview.heldBack'));
    }
  });

  it('grades nothing they answer, since scores would reveal the key by trial', async () => {
    const { browser } = await manager();
    const { text } = await browser.get(form());
    expect(plain(text)).to.include(said('preview.noScore'));
    expect(text).to.include('name="shown" value="pass"').and.not.include('name="shown" value="given"');
    for (const shown of ['given', '', 'nonsense'])
      expect((await send(browser, result(), { shown })).status, shown).to.equal(404);
  });

  it('has neither questions nor the case of the final with their key', async () => {
    const { browser } = await manager();
    const quiz = quizOf((await course(COURSE)).snapshot, QUIZ);
    const [drawn] = quiz ? previewForm(quiz, 'abc') : [];
    const { text } = await browser.get(form('final'));
    expect(linksIn(text, /\/cases\/EX/)).to.deep.equal([]);
    for (const path of [
      `${base}/quizzes/${QUIZ}/items/${drawn?.itemId}`,
      `${base}/cases/EX-S2`,
      `${base}/cases/EX-S2/outcome?path=&choice=a`,
    ])
      expect(await status(browser, path), path).to.equal(404);
    const decided = await send(browser, `${base}/exam-case/EX-S2/decision`, { path: '', choice: 'a' });
    expect(decided.status).to.equal(200);
    expect(await toldOf(decided.text)).to.deep.equal([]);
    expect(await status(browser, `${base}/cases/foundations`)).to.equal(200);
  });

  it('returns 404 to everybody else', async () => {
    const emre = await signedIn();
    await appoint(emre, 'auditor');
    for (const { browser } of [await ada(), emre]) {
      for (const path of ['/admin/preview', form(), `${base}/exam-case/EX-S2`, `${base}/cases/foundations`])
        expect(await status(browser, path), path).to.equal(404);
      expect((await send(browser, result(), { shown: 'pass' })).status).to.equal(404);
      expect((await send(browser, `${base}/exam-case/EX-S2/decision`, { choice: 'a' })).status).to.equal(404);
    }
  });
});
