import { expect } from 'chai';
import { certificatesOf } from '../../../../../server/proof/certificates/queries.js';
import { bestPath, walk } from '../../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { row, count, write } from '../../../../support/rows.js';
import { findAttempt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { said, saidLike } from '../../../../support/said.js';
import { course } from '../../../../support/walk.js';
import { plain } from '../../../../support/pages.js';
import { wrongAnswer } from '../../../../support/answers.js';
import { ownWorld, world } from '../../../../support/world.js';
import { atCase, choicesOf, COURSE, decisionWith, pathWith, secretsOf, type AtCase } from './at-case.js';

const DAY = 86_400_000;

describe('submitting a final with its case', () => {
  ownWorld();
  describe('with right questions', () => {
    it('is passed with the best choices, and shows each decision with its reason', async () => {
      const open = await atCase({ isReady: true });
      const words = plain((await open.finish(bestPath(open.scenario))).text);
      expect(await findAttempt(open.attempt.id)).to.include({
        passed: true,
        points: open.quiz.draw * 100,
        rightAnswers: open.quiz.draw,
      });
      expect(words)
        .to.include(said('result.completed'))
        .and.include(said('result.scoredAndCase', { right: open.quiz.draw, count: open.quiz.draw }));
      const { steps, ending } = walk(open.scenario, bestPath(open.scenario)) ?? {};
      for (const { node, choice } of steps ?? [])
        for (const text of [node.question, choice.text, choice.reason]) expect(words).to.include(plain(text));
      expect(words).to.include(plain(ending?.text ?? 'no ending'));
    });

    it('is passed with one weak choice of four, and shows the better one', async () => {
      const open = await atCase({ isReady: true });
      const weak = decisionWith(open, 'weak');
      const path = pathWith(open, { [weak]: 'weak' });
      const words = plain((await open.finish(path)).text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: true });
      const choice = walk(open.scenario, path)?.steps[weak]?.choice;
      if (!choice || !('better' in choice)) throw new Error('A weak choice has a better one');
      expect(words)
        .to.include(plain(choice.reason))
        .and.include(`${said('case.better')}: ${plain(choice.better)}`);
    });

    it('gives the certificate the share of the questions, whatever the case', async () => {
      const open = await atCase({ isReady: true });
      await open.finish(pathWith(open, { [decisionWith(open, 'weak')]: 'weak' }));
      await world().worker.drain();
      const [certificate] = await certificatesOf(open.id);
      expect(certificate?.facts.modules.find(({ id }) => id === 'final')?.percent).to.equal(100);
    });

    it('fails the final by one unsafe choice, names an objective, and neither the choice nor its rule', async () => {
      const open = await atCase({ isReady: true });
      const unsafe = decisionWith(open, 'unsafe');
      const path = pathWith(open, { [unsafe]: 'unsafe' });
      const page = await open.finish(path);
      const words = plain(page.text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false, points: open.quiz.draw * 100 });
      expect(words).to.include(said('result.score', { right: open.quiz.draw, count: open.quiz.draw }));
      expect(words).to.include(said('result.itemsPassed'));
      const counts = { right: path.length - 1, count: path.length, needed: /\d+/ };
      expect(words).to.match(saidLike('result.caseMissed', counts));
      expect(words).to.include(said('result.unsafe', { objective: '' }));
      const module = (await course(COURSE)).snapshot.modules.find(
        ({ slug }) => slug === 'see-respond-report',
      );
      const named = module?.objectives.filter(({ text }) => words.includes(plain(text))) ?? [];
      expect(named.length).to.equal(1);
      expect(linksIn(page.text, /\/modules\/see-respond-report\/lessons\//)).to.not.be.empty;
      expect(await count('quiz_passes where cycle_id = $1 and quiz = $2', [open.cycle.id, 'final'])).to.equal(
        0,
      );
    });

    it('fails it by too few right decisions, and names the lessons to read again', async () => {
      const open = await atCase({ isReady: true });
      const weak = bestPath(open.scenario).flatMap((_, step) =>
        walk(open.scenario, bestPath(open.scenario).slice(0, step))?.node?.choices.some(
          each => each.quality === 'weak',
        )
          ? [step]
          : [],
      );
      expect(weak.length, 'weak choices in the case').to.be.at.least(2);
      const path = pathWith(open, Object.fromEntries(weak.map(step => [step, 'weak'])));
      const page = await open.finish(path);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false });
      const module = (await course(COURSE)).snapshot.modules.find(
        ({ slug }) => slug === 'see-respond-report',
      );
      for (const lesson of module?.lessons.filter(({ optional }) => !optional) ?? [])
        expect(plain(page.text)).to.include(plain(lesson.title));
      expect(plain(page.text)).to.not.include(said('result.unsafe', { objective: '' }));
    });

    it('fails it before its end', async () => {
      const open = await atCase({ isReady: true });
      const words = plain((await open.finish(bestPath(open.scenario).slice(0, -1))).text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false });
      expect(words).to.include(said('result.caseUnfinished'));
    });

    it('fails it when it was never begun', async () => {
      const open = await atCase({ isReady: true });
      const words = plain((await open.finish([])).text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false });
      expect(words).to.include(said('result.caseUnfinished'));
    });
  });

  it('does not save a final whose questions were wrong', async () => {
    const open = await atCase({ isReady: true, answer: wrongAnswer });
    const words = plain((await open.finish(bestPath(open.scenario))).text);
    expect(await findAttempt(open.attempt.id)).to.include({ passed: false, points: 0 });
    expect(words)
      .to.include(said('result.casePassed'))
      .and.include(said('result.need', { pass: open.quiz.pass, count: open.quiz.draw }));
  });

  it('holds nothing of the key after a fail: no decision, no reason, no ending', async () => {
    const open = await atCase({ isReady: true });
    const path = pathWith(open, { [decisionWith(open, 'unsafe')]: 'unsafe' });
    await open.finish(path);
    for (const address of [`/attempts/${open.attempt.id}`, open.page]) {
      const { text } = await open.browser.get(address);
      const words = plain(text);
      const told = [...secretsOf(open, []), ...open.scenario.nodes.map(node => node.text)];
      expect(told.filter(each => words.includes(plain(each)))).to.deep.equal([]);
      for (const choice of choicesOf(open)) expect(words).to.not.include(plain(choice.text));
      expect(text).to.not.match(/(?:never|always)-\d/);
    }
  });

  it('keeps with the result what the right judgement was, and how the case went', async () => {
    const open = await atCase({ isReady: true });
    await open.finish(bestPath(open.scenario));
    const stored = await row<{ result: string }>('select result from attempts where id = $1', [
      open.attempt.id,
    ]);
    const slots = JSON.parse(stored?.result ?? '[]') as { judgement?: string; case?: object }[];
    expect(slots.at(-1)).to.deep.include({ judgement: open.scenario.judgement, points: 100 });
    expect(slots.at(-1)?.case).to.include({ steps: bestPath(open.scenario).length, passed: true });
    const judged = open.attempt.form.map(
      ({ itemId }) => open.quiz.items.find(({ id }) => id === itemId)?.judgement,
    );
    expect(slots.slice(0, -1).map(({ judgement }) => judgement)).to.deep.equal(judged.slice(0, -1));
  });

  it('is not asked of an attempt that was drawn before there was one', async () => {
    const open = await atCase({ isReady: true });
    const form = open.attempt.form.slice(0, -1);
    await write('update attempts set form = $1 where id = $2', [JSON.stringify(form), open.attempt.id]);
    await open.browser.get(`/attempts/${open.attempt.id}/review`);
    const words = plain((await open.browser.submit(open.submission)).text);
    expect(await findAttempt(open.attempt.id)).to.include({ passed: true, points: form.length * 100 });
    expect(words).to.include(said('result.scored', { right: form.length, count: form.length }));
    expect(words)
      .to.not.include(said('result.scoredAndCase', { right: form.length, count: form.length }))
      .and.not.include(said('result.caseHeading', { title: '' }));
  });

  it('may be tried again, with a case that was not met yet', async () => {
    const open = await atCase({ isReady: true });
    const words = plain((await open.finish([])).text);
    expect(words).to.include(said('result.differentAndOtherCase'));
    const slots = await casesTriedAfter(open, open.quiz, open.quiz.scenarios.length - 1);
    const met = [open.scenario.id, ...slots.map(slot => slot?.itemId)];
    expect(met).to.have.members(open.quiz.scenarios.map(({ id }) => id));
  });

  it('may be tried again where there is one case: it is the same, its choices in another order', async () => {
    const open = await atCase({ isReady: true });
    await open.finish([]);
    const slots = await casesTriedAfter(open, { ...open.quiz, scenarios: [open.scenario] }, 6);
    expect(new Set(slots.map(slot => slot?.itemId))).to.deep.equal(new Set([open.scenario.id]));
    expect(new Set(slots.map(slot => slot?.optionOrder.join(''))).size).to.be.greaterThan(1);
  });
});

/** The slots of the case in so many more tries, none of which counts any more when the next begins. */
async function casesTriedAfter({ cycle }: AtCase, quiz: AtCase['quiz'], tries: number) {
  const slots = [];
  for (let now = Date.now() + 8 * DAY; slots.length < tries; now += 8 * DAY) {
    const { id, form } = await startAttempt(cycle, quiz, now);
    slots.push(form.at(-1));
    await write('update attempts set submitted_at = $1 where id = $2', [now, id]);
  }
  return slots;
}
