import { expect } from 'chai';
import { bestPath } from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { rows, count } from '../../../support/rows.js';
import { database } from '../../../../server/platform/db/connect.js';
import type { Answer } from '../../../../server/teaching/questions/answer.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import { previewForm } from '../../../../server/teaching/quizzes/preview/preview.js';
import { itemIn, isCase, quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import { choicesIn, linksIn } from '../../../../server/workshop/smoke/client.js';
import { dina } from '../../../support/people.js';
import { said, saidLike } from '../../../support/said.js';
import { course } from '../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { plain, send } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

const COURSE = 'volunteers';
const QUIZ = 'survivor-trauma';
const page = (seed = 'abc', quiz = QUIZ) => `/admin/preview/${COURSE}/quizzes/${quiz}?seed=${seed}`;
const result = (seed = 'abc', quiz = QUIZ) => `/admin/preview/${COURSE}/quizzes/${quiz}/result?seed=${seed}`;

/** Answers to every question of a form, as the fields of its page name them. */
async function answers(seed: string, answer: (item: Item) => Answer, name = QUIZ): Promise<Answer> {
  const quiz = quizOf((await course(COURSE)).snapshot, name);
  if (!quiz) throw new Error(`There is no quiz ${name}`);
  const fields = previewForm(quiz, seed).flatMap((drawn, index) =>
    isCase(quiz, drawn)
      ? []
      : Object.entries(answer(itemIn(quiz, drawn).item)).map(([field, value]) => [
          `s${index + 1}-${field}`,
          value,
        ]),
  );
  return Object.fromEntries(fields) as Answer;
}

/** How many rows each table has; sessions follow whoever looks. */
async function tables(): Promise<Record<string, number>> {
  const names = await rows<{ name: string }>(
    database().dialect === 'postgres'
      ? `select tablename as name from pg_tables where schemaname = 'public'`
      : `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  );
  const counted = new Map<string, number>();
  for (const { name } of names.filter(({ name }) => name !== 'sessions')) {
    counted.set(name, await count(`"${name}"`));
  }
  expect(counted.size).to.be.greaterThan(15);
  expect([...counted.keys()]).to.include.members(['attempts', 'attempt_answers', 'events', 'jobs']);
  return Object.fromEntries(counted);
}

describe('a preview', () => {
  ownWorld();
  it('calls the final as learners do, and not by the name of the course', async () => {
    const { snapshot } = await course(COURSE);
    const { text } = await (await dina()).browser.get(page('abc', 'final'));
    expect(text).to.match(
      new RegExp(`<p class="label">${snapshot.title}</p>\\s*<h1>${said('course.final')}</h1>`),
    );
  });

  it('lists every quiz and every case of every course', async () => {
    const { browser } = await dina();
    const { text } = await browser.get('/admin/preview');
    const { snapshot } = await course(COURSE);
    for (const { slug, title } of snapshot.modules) {
      expect(plain(text)).to.include(title);
      expect(text).to.include(`href="/admin/preview/${COURSE}/quizzes/${slug}"`);
      expect(text).to.include(`href="/admin/preview/${COURSE}/cases/${slug}"`);
    }
    for (const what of ['quizzes/final', 'exam-case/EX-S3'])
      expect(text).to.include(`/admin/preview/law-enforcement/${what}"`);
    for (const link of linksIn(text, /^\/admin\/preview\//)) {
      expect((await browser.get(link)).status, link).to.equal(200);
    }
  });

  it('draws a form whose address can be passed on: the same for everybody, another one each time', async () => {
    const [first, second] = [await dina(), await dina()];
    const drawn = await first.browser.get(`/admin/preview/${COURSE}/quizzes/${QUIZ}`);
    expect(drawn.path).to.match(/\?seed=[a-z0-9]{8}$/);
    const body = (text: string) => plain(/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '');
    expect(body((await second.browser.get(drawn.path)).text)).to.equal(body(drawn.text));
    const others = await Promise.all(['a', 'b', 'c'].map(seed => second.browser.get(page(seed))));
    expect(new Set(others.map(({ text }) => body(text))).size).to.be.greaterThan(1);
    expect(plain(drawn.text)).to.include(said('preview.band'));
  });

  it('shows on the form no more than a learner sees', async () => {
    const { browser } = await dina();
    const { text } = await browser.get(page());
    const { snapshot } = await course(COURSE);
    const items = quizOf(snapshot, QUIZ)?.items ?? [];
    const words = plain(text);
    expect(items.flatMap(optionsOf).filter(({ feedback }) => words.includes(plain(feedback)))).to.deep.equal(
      [],
    );
    expect(choicesIn(text).length).to.be.greaterThan(0);
  });

  it('shows the result of what was answered, as learners get it: passed with the feedback, failed without the key', async () => {
    const { browser } = await dina();
    await browser.get(page());
    const passed = await browser.submit(result(), { ...(await answers('abc', rightAnswer)), shown: 'given' });
    expect(plain(passed.text)).to.include(said('result.passedModule')).and.include(said('preview.band'));
    const quiz = quizOf((await course(COURSE)).snapshot, QUIZ);
    const [first] = quiz ? previewForm(quiz, 'abc') : [];
    const item = quiz?.items.find(({ id }) => id === first?.itemId);
    expect(plain(passed.text)).to.include(plain(item?.stem ?? '?'));

    await browser.get(page());
    const failed = await browser.submit(result(), { ...(await answers('abc', wrongAnswer)), shown: 'given' });
    const words = plain(failed.text);
    expect(words).to.include(said('result.notYet')).and.include(said('result.readThen'));
    const feedback = (quiz?.items ?? []).flatMap(optionsOf).map(option => plain(option.feedback));
    expect(feedback.filter(text => words.includes(text))).to.deep.equal([]);
    expect(linksIn(failed.text, /preview\/preview|\/learning\/preview/)).to.deep.equal([]);
  });

  it('shows the page after a pass and after a fail without an answer, for a module and for the final with its case', async () => {
    const { browser } = await dina();
    const { snapshot } = await course(COURSE);
    const draw = snapshot.final?.draw ?? 0;
    const scored = { right: draw, count: draw };
    const { title = '?' } = snapshot.modules.find(({ slug }) => slug === QUIZ) ?? {};
    for (const quiz of [QUIZ, 'final']) {
      for (const [shown, heading] of [
        ['pass', said('result.passedModule')],
        ['fail', said('result.notYet')],
      ] as const) {
        await browser.get(page('xyz', quiz));
        const answer = await browser.submit(result('xyz', quiz), { shown });
        expect(answer.status).to.equal(200);
        const words = plain(answer.text);
        expect(words)
          .to.include(heading)
          .and.include(quiz === 'final' ? said('course.final') : said('quiz.of', { title: plain(title) }));
        // The form says that the case counts as passed.
        if (quiz === 'final')
          expect(words).to.include(
            shown === 'pass' ? said('result.scoredAndCase', scored) : said('result.casePassed'),
          );
        expect(words).to.not.include(said('result.stays')).and.not.include(said('result.caseUnfinished'));
        expect(linksIn(answer.text, /^\/admin\/preview/)).to.include.members([
          '/admin/preview',
          page('xyz', quiz),
        ]);
        // There is no lesson to lead to.
        expect(linksIn(answer.text, /^\/admin\/preview#|\/lessons\//)).to.deep.equal([]);
        expect(words).to.not.match(saidLike('result.read', { title: /.*/ }));
      }
    }
    await browser.get(page('xyz', 'final'));
    const given = { ...(await answers('xyz', rightAnswer, 'final')), shown: 'given' };
    expect(plain((await browser.submit(result('xyz', 'final'), given)).text)).to.include(
      said('result.scoredAndCase', scored),
    );
  });

  it('shows after a fail what comes before the next attempt, with links that lead to no attempt', async () => {
    const { browser } = await dina();
    await browser.get(page('xyz', 'final'));
    const { text } = await browser.submit(result('xyz', 'final'), { shown: 'fail' });
    const { snapshot } = await course(COURSE);
    const rules = (snapshot.remediation ?? []).filter(rule => plain(text).includes(plain(rule.text)));
    expect(rules).to.not.be.empty;
    expect(plain(text)).to.include(said('remediation.firstTitle', { count: rules.length }));
    expect(text).to.include('<time datetime=');
    expect(plain(text)).to.not.include(said('result.tryNow'));
    expect(linksIn(text, /\/(attempts|learning)\//)).to.deep.equal([]);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).to.include('main').and.to.have.lengthOf(new Set(ids).size);
  });

  it('asks for what cannot be read, and keeps the rest on the page', async () => {
    const { browser } = await dina();
    await browser.get(page());
    const quiz = quizOf((await course(COURSE)).snapshot, QUIZ);
    const form = quiz ? previewForm(quiz, 'abc') : [];
    const at = form.findIndex(({ itemId }) => quiz?.items.find(({ id }) => id === itemId)?.type === 'single');
    const right = await answers('abc', rightAnswer);
    const answer = await browser.submit(result(), { ...right, [`s${at + 1}-choice`]: 'zz' });
    expect(answer.status).to.equal(422);
    expect(answer.text)
      .to.include(`href="#s${at + 1}-choice"`)
      .and.include(' checked');
  });

  it('plays a case as in learning, from the address alone', async () => {
    const { browser } = await dina();
    const { snapshot } = await course(COURSE);
    // The final's, with its reasons, is there for administrators alone.
    for (const [name, scenario] of [
      ['foundations', snapshot.modules.find(({ slug }) => slug === 'foundations')?.scenario],
      ['EX-S2', snapshot.final?.scenarios[0]],
    ] as const) {
      if (!scenario) throw new Error('A case is missing');
      const start = `/admin/preview/${COURSE}/cases/${name}`;
      expect(plain((await browser.get(start)).text)).to.include(plain(scenario.opening));
      const path = bestPath(scenario);
      const outcome = await browser.get(`${start}/outcome?path=&choice=${path[0]}`);
      expect(plain(outcome.text)).to.include(said('case.happens')).and.include(said('preview.band'));
      expect(outcome.text).to.include(`href="${start}?path=${path[0]}"`);
      expect((await browser.get(`${start}/outcome?path=`)).status).to.equal(422);
      const end = await browser.get(`${start}?path=${path.join('.')}`);
      expect(plain(end.text)).to.include(said('case.end')).and.include(said('preview.all'));
      for (const { text } of [await browser.get(start), end])
        expect(linksIn(text, /^\/admin\/preview(#|$)/)).to.deep.equal(['/admin/preview']);
      expect((await browser.get(`${start}?path=z`)).status).to.equal(404);
    }
  });

  it('plays the case of the final as in the exam: what happens, and nothing of how good it was', async () => {
    const { browser } = await dina();
    const { snapshot } = await course(COURSE);
    const scenario = snapshot.final?.scenarios[0];
    if (!scenario) throw new Error('The final has no case');
    const telling = scenario.nodes.flatMap(({ choices }) => choices.map(({ reason }) => plain(reason)));
    let at = await browser.get(`/admin/preview/${COURSE}/exam-case/EX-S2`);
    expect(plain(at.text)).to.include(plain(scenario.opening)).and.include(said('preview.band'));
    for (const choice of bestPath(scenario)) {
      const words = plain(at.text);
      expect(telling.filter(reason => words.includes(reason))).to.deep.equal([]);
      expect(at.text).to.not.include('answers.js');
      at = await browser.submit(`/admin/preview/${COURSE}/exam-case/EX-S2/decision`, { choice });
    }
    expect(plain(at.text)).to.include(said('case.over'));
    expect(linksIn(at.text, /\/attempts\//)).to.deep.equal([]);
    const words = plain(at.text);
    expect(telling.filter(reason => words.includes(reason))).to.deep.equal([]);
  });

  it('asks for a decision that was not made, and returns 404 for paths that no page makes', async () => {
    const { browser } = await dina();
    const start = `/admin/preview/${COURSE}/exam-case/EX-S2`;
    await browser.get(start);
    const empty = await browser.submit(`${start}/decision`);
    expect(empty.status).to.equal(422);
    expect(plain(empty.text))
      .to.include(said('components.problem'))
      .and.include(said('case.role', { role: '' }).slice(0, -2));
    for (const path of ['z', 'a.', 'a.a.a.a.a.a.a.a.a.a', '%00', 'a&path=a'])
      expect((await browser.get(`${start}?path=${path}`)).status, path).to.equal(404);
    for (const fields of [{ path: '', choice: 'z' }, { path: ['', ''], choice: 'a' }, { path: 'zz' }])
      expect((await send(browser, `${start}/decision`, fields)).status).to.equal(404);
    expect((await browser.get('/admin/preview/none/exam-case/EX-S2')).status).to.equal(404);
  });

  it('leaves no trace: no table has a row more', async () => {
    const { browser } = await dina();
    await browser.get('/admin/preview');
    const before = await tables();
    await browser.get('/admin/preview');
    for (const quiz of [QUIZ, 'final']) {
      for (const shown of ['given', 'pass', 'fail']) {
        await browser.get(page('abc', quiz));
        await browser.submit(result('abc', quiz), { ...(await answers('abc', rightAnswer, quiz)), shown });
      }
    }
    await browser.get(`/admin/preview/${COURSE}/cases/EX-S2/outcome?path=&choice=a`);
    await browser.get(`/admin/preview/${COURSE}/exam-case/EX-S2`);
    await browser.submit(`/admin/preview/${COURSE}/exam-case/EX-S2/decision`, { choice: 'a' });
    expect(await tables()).to.deep.equal(before);
  });

  it('shows an author one question with its key and the feedback on each option', async () => {
    const { browser } = await dina();
    const items = quizOf((await course(COURSE)).snapshot, QUIZ)?.items ?? [];
    for (const type of new Set(items.map(item => item.type))) {
      const item = items.find(each => each.type === type) as Item;
      const { text, status } = await browser.get(`/admin/preview/${COURSE}/quizzes/${QUIZ}/items/${item.id}`);
      expect(status).to.equal(200);
      for (const option of optionsOf(item)) expect(plain(text)).to.include(plain(option.feedback));
      expect(plain(text)).to.include(plain(item.stem));
      const { modules } = (await course(COURSE)).snapshot;
      const objective = modules.flatMap(each => each.objectives).find(({ id }) => id === item.objective);
      expect(plain(text)).to.include(plain(`${objective?.text} (${item.objective})`));
      expect(plain(text)).to.include(`${said('preview.level')} ${said(`preview.levelName.${item.level}`)}`);
      const [place, right] = [saidLike('result.place', { place: /\d/ }).source, said('components.right')];
      expect(plain(text)).to.not.match(new RegExp(`${place} [^.]+ ${right} `));
    }
    expect((await browser.get(`/admin/preview/${COURSE}/quizzes/${QUIZ}/items/none`)).status).to.equal(404);
  });

  it('returns 404 for addresses that lead nowhere', async () => {
    const { browser } = await dina();
    for (const path of [
      '/admin/preview/none/quizzes/final',
      `/admin/preview/${COURSE}/quizzes/none`,
      `/admin/preview/${COURSE}/cases/none`,
      page('A'),
      page('a'.repeat(17)),
      page(''),
      `${page()}&seed=b`,
    ]) {
      expect((await browser.get(path)).status, path).to.equal(404);
    }
  });
});
