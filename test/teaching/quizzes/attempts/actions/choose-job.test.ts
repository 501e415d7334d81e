import { expect } from 'chai';
import type { PublishedCourse } from '../../../../../server/teaching/courses/catalogue.js';
import { addresses } from '../../../../../server/teaching/learning/cycle-addresses.js';
import type { CycleFacts } from '../../../../../server/teaching/learning/enrolments.js';
import type { JobName } from '../../../../../server/teaching/questions/jobs.js';
import { attemptsAt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import { quizOf } from '../../../../../server/teaching/quizzes/quiz.js';
import { previewForm } from '../../../../../server/teaching/quizzes/preview/preview.js';
import { linksIn, type Client } from '../../../../../server/workshop/smoke/client.js';
import { plain, send } from '../../../../support/pages.js';
import { cleo } from '../../../../support/people.js';
import { ASKED, atJobCourse, jobCourse, writtenFor } from '../../../../support/quizzes/job-course.js';
import { count, row } from '../../../../support/rows.js';
import { said } from '../../../../support/said.js';
import { answerAll, enrolled, MODULE } from '../../../../support/walk.js';
import { ownWorld } from '../../../../support/world.js';

/** The values of the radio buttons of a page for the job, and those that are checked. */
const radios = (html: string) => {
  const all = [...html.matchAll(/<input type="radio"[^>]* name="job" value="(\w+)"( checked)?/g)];
  return { offered: all.map(([, job]) => job), checked: all.flatMap(([, job, is]) => (is ? job : [])) };
};

/** What the three questions of an attempt say: not each of them is written for one job. */
async function wordsOf(browser: Client, first: string): Promise<string> {
  const pages = [1, 2, 3].map(slot => browser.get(first.replace(/\d+$/, String(slot))));
  return (await Promise.all(pages)).map(({ text }) => plain(text)).join(' ');
}

describe('the job of a learner', () => {
  ownWorld();
  let version: PublishedCourse;
  before(async () => {
    version = await jobCourse();
  });
  const learner = () => atJobCourse(version);
  const stored = async ({ enrolmentId }: CycleFacts) =>
    (await row<{ job: string | null }>('select job from enrolments where id = $1', [enrolmentId]))?.job;
  const quizFor = (job: JobName, name = MODULE) => {
    const quiz = quizOf(version.snapshot, name, job);
    if (!quiz) throw new Error(`There is no quiz ${name}`);
    return quiz;
  };
  const chosenEvents = ({ enrolmentId }: CycleFacts) =>
    count(`events where name = 'course.job-chosen' and payload like $1`, [`%${enrolmentId}%`]);

  it('is asked before the first quiz, and nothing starts without it', async () => {
    const { browser, cycle, start } = await learner();
    expect(radios((await browser.get(start)).text)).to.deep.equal({ offered: [...ASKED], checked: [] });
    for (const fields of [{ view: 'page' }, { view: 'page', job: 'hotel' }]) {
      const page = await browser.submit(`${start}/attempts`, fields);
      expect(page.status).to.equal(422);
      expect(page.text).to.include('id="job-error"').and.include('href="#job"');
      expect(page.text).to.match(/value="page" checked/);
    }
    expect([await stored(cycle), await chosenEvents(cycle)]).to.deep.equal([null, 0]);
    expect(await count('attempts where cycle_id = $1', [cycle.id])).to.equal(0);
  });

  for (const job of ASKED)
    it(`is kept, draws questions of its own family and asks them in its words: ${job}`, async () => {
      const { browser, cycle, start } = await learner();
      await browser.get(start);
      const page = await browser.submit(`${start}/attempts`, { job });
      expect(page.status).to.equal(200);
      const note = said(`decision.words.${job === 'cabin' ? 'cabin' : 'care'}.note`);
      expect(await wordsOf(browser, page.path)).to.include(note);
      const [attempt] = await attemptsAt(cycle.id, MODULE);
      expect([attempt?.job, await stored(cycle), await chosenEvents(cycle)]).to.deep.equal([job, job, 1]);
      const groups = (attempt?.form ?? []).map(({ itemId }) => writtenFor(itemId));
      expect(groups.filter(group => group === job)).to.have.length.at.least(2);
      expect(groups.every(group => group === job || group === 'any')).to.equal(true);
    });

  it('is fixed for an attempt when it starts; the next one begins with what was chosen since', async () => {
    const { browser, cycle, start } = await learner();
    await browser.get(start);
    const { path } = await browser.submit(`${start}/attempts`, { job: 'cabin' });
    const { job: address, course } = addresses(cycle.id);
    await browser.get(address);
    const saved = await browser.submit(address, { job: 'school' });
    expect(saved.path).to.equal(course);
    expect(plain(saved.text)).to.include(said('job.chosen', { job: said('job.name.school') }));
    expect(radios((await browser.get(address)).text).checked).to.deep.equal(['school']);
    expect(await chosenEvents(cycle)).to.equal(2);
    expect(await wordsOf(browser, path)).to.include(said('decision.words.cabin.note'));
    expect(radios((await browser.get(start)).text).offered).to.deep.equal([]);
    expect((await browser.submit(`${start}/attempts`, { job: 'cabin' })).path).to.equal(path);
    const [open] = await attemptsAt(cycle.id, MODULE);
    expect([open?.job, await stored(cycle)]).to.deep.equal(['cabin', 'school']);
    if (open) await submitAttempt(open, quizFor('cabin'), Date.now());
    expect(radios((await browser.get(start)).text).checked).to.deep.equal(['school']);
    await browser.submit(`${start}/attempts`);
    const [before, after] = await attemptsAt(cycle.id, MODULE);
    expect([before?.job, after?.job]).to.deep.equal(['cabin', 'school']);
    expect(after?.form.some(({ itemId }) => writtenFor(itemId) === 'cabin')).to.equal(false);
  });

  it('is that for which the answers are judged, whoever submits them', async () => {
    const { cycle } = await learner();
    const judged = async (job: JobName) => {
      const attempt = await startAttempt(cycle, quizFor(job), Date.now());
      const quiz = quizOf(version.snapshot, MODULE);
      if (!quiz) throw new Error(`There is no quiz ${MODULE}`);
      await answerAll(attempt, quiz, () => ({ disposition: 'note', fact: 'b' }));
      await submitAttempt(attempt, quiz, Date.now());
      const graded = await row<{ result: string }>('select result from attempts where id = $1', [attempt.id]);
      const slots = JSON.parse(graded?.result ?? '[]') as { signal?: { outcome: string } }[];
      return slots.map(({ signal }) => signal?.outcome);
    };
    // In a school a note is read the same day: it passes the concern on.
    expect(await judged('school')).to.deep.equal(['hit', 'hit', 'hit']);
    expect(await judged('cabin')).to.deep.equal(['miss', 'miss', 'miss']);
  });

  it('is asked on the page of the course, and changed from there and from the account by its learner alone', async () => {
    const { browser, learner: somebody, cycle } = await learner();
    const other = await enrolled(somebody, 'volunteers');
    const { job: address, course } = addresses(cycle.id);
    expect(radios((await browser.get(course)).text)).to.deep.equal({ offered: [...ASKED], checked: [] });
    expect(linksIn((await browser.get('/account')).text, /\/job$/)).to.deep.equal([address]);
    await browser.get(address);
    const missing = await browser.submit(address);
    expect(missing.status).to.equal(422);
    expect(missing.text).to.include('id="job-error"').and.include('href="#job"');
    expect((await send(browser, addresses(other.id).job, { job: 'cabin' })).status).to.equal(404);
    const stranger = await cleo();
    expect((await send(stranger.browser, address, { job: 'cabin' })).status).to.equal(404);
    expect((await stranger.browser.get(address)).status).to.equal(404);
    expect(await stored(cycle)).to.equal(null);
    expect(linksIn((await stranger.browser.get('/account')).text, /\/job$/)).to.deep.equal([]);
    await browser.get(course);
    const chosen = await browser.submit(address, { job: 'cabin' });
    expect(radios(chosen.text).offered).to.deep.equal([]);
    expect(linksIn(chosen.text, /\/job$/)).to.deep.equal([address]);
  });

  it('records the same choice once', async () => {
    const { browser, cycle } = await learner();
    const { job: address } = addresses(cycle.id);
    for (const _ of [1, 2]) {
      await browser.get(address);
      await browser.submit(address, { job: 'cabin' });
    }
    expect([await stored(cycle), await chosenEvents(cycle)]).to.deep.equal(['cabin', 1]);
  });

  it('gives a final without the questions of the other quizzes, as far as its bank allows', async () => {
    const { cycle } = await learner();
    const first = await startAttempt(cycle, quizFor('school'), Date.now());
    const final = await startAttempt(cycle, quizFor('school', 'final'), Date.now());
    const met = first.form.map(({ itemId }) => itemId);
    expect(final.form.filter(({ itemId }) => met.includes(itemId))).to.deep.equal([]);
  });

  it('is, in a preview, the first of the course', () => {
    const form = previewForm(quizFor(ASKED[0]), 'seed');
    expect(form.map(({ itemId }) => writtenFor(itemId))).to.not.include('school');
  });
});
