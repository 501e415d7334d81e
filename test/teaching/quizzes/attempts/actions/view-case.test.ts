import { expect } from 'chai';
import { bestPath, walk } from '../../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { cleo } from '../../../../support/people.js';
import { said, saidLike } from '../../../../support/said.js';
import { plain } from '../../../../support/pages.js';
import { wrongAnswer } from '../../../../support/answers.js';
import { ownWorld, world } from '../../../../support/world.js';
import { atCase, secretsOf, type AtCase } from './at-case.js';

describe('the page of the case of the final', () => {
  ownWorld();
  it('is its last slot, and is announced before the start', async () => {
    const { browser, cycle, attempt, slot, quiz } = await atCase({ isReady: true });
    expect([attempt.form.length, slot]).to.deep.equal([quiz.draw + 1, quiz.draw + 1]);
    const words = plain((await browser.get(`/learning/${cycle.id}/quizzes/final`)).text);
    expect(words)
      .to.include(said('quiz.fact.withCase', { questions: quiz.draw }))
      .and.include(said('quiz.rule.case'));
    expect(plain((await browser.get(`/learning/${cycle.id}`)).text)).to.include(
      said('course.questionsAndCase', { count: quiz.draw }),
    );
  });

  it('says before the first decision that none can be changed', async () => {
    const open = await atCase();
    const { text } = await open.browser.get(open.page);
    expect(plain(text)).to.include(said('case.onceTitle')).and.include(said('case.once'));
    expect(plain(text)).to.not.include(said('question.changeText'));
    const { node } = walk(open.scenario, []) ?? {};
    for (const words of [open.scenario.opening, node?.text, node?.question])
      expect(plain(text)).to.include(plain(words ?? ''));
  });

  it('shows the choices in the order of the attempt, at each look', async () => {
    const open = await atCase();
    const order = open.attempt.form.at(-1)?.optionOrder ?? [];
    for (const _ of [1, 2]) {
      const { text } = await open.browser.get(open.page);
      const shown = [...text.matchAll(/name="choice" value="(\w)"/g)].map(([, id]) => id ?? '');
      expect(shown).to.deep.equal(order.filter(id => shown.includes(id)));
    }
  });

  it('goes on after signing out, and from the start page', async () => {
    const open = await atCase({ isReady: true });
    const path = bestPath(open.scenario);
    await open.decide(path[0] ?? '');
    const start = `/learning/${open.cycle.id}/quizzes/final`;
    await open.browser.get(start);
    const page = await open.browser.submit(`${start}/attempts`);
    expect(page.path).to.equal(open.page);
    const position = saidLike('case.position', {
      title: plain(open.scenario.title),
      position: 2,
      total: /(\d)/,
    });
    const [, total = ''] = position.exec(plain(page.text)) ?? [];
    // One stop for each decision of the case, and the dot in the one that is now: not the questions before it.
    const line = /<svg class="way-line".*?<\/svg>/s.exec(page.text)?.[0] ?? '';
    expect(line.match(/<circle/g)).to.have.length(Number(total) + 1);
    const review = plain((await open.browser.get(`/attempts/${open.attempt.id}/review`)).text);
    expect(review).to.include(said('review.answered', { answered: open.quiz.draw, count: open.quiz.draw }));
    expect(review).to.include(said('review.case'));
  });

  describe('never tells before the attempt is closed', () => {
    for (const [name, pick] of [
      ['the best choices', bestPath],
      [
        'the worst',
        (open: AtCase['scenario']) =>
          (wrongAnswer({ type: 'scenario', scenario: open } as unknown as Item).path ?? []) as string[],
      ],
    ] as const) {
      it(`what a choice was worth, on the way of ${name}`, async () => {
        const open = await atCase();
        const path = pick(open.scenario);
        for (let step = 0; step <= path.length; step += 1) {
          const pages = [
            await open.browser.get(open.page),
            await open.browser.get(`/attempts/${open.attempt.id}/review`),
          ];
          for (const { text } of pages) {
            const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '';
            // The words of the script that saves answers are the same on every page.
            const form = main.replace(/<div id="saving"[^>]*>/, '');
            const told = secretsOf(open, path.slice(0, step)).filter(
              secret => plain(form).includes(plain(secret)) || form.includes(secret),
            );
            expect(told, `after ${step} decisions`).to.deep.equal([]);
            expect(form).to.not.match(
              /<!--|data-(?!copy|slot="\d+"|told|page-name)|\b(quality|reason|better|judgement|(?:never|always)-\d|unsafe|acceptable)\b/i,
            );
            expect(form).to.not.include(open.scenario.id);
            const classes = [...form.matchAll(/<label class="([^"]*)"/g)].map(([, each]) => each);
            expect(new Set(classes).size, 'all choices look alike').to.be.at.most(1);
          }
          await open.browser.get(open.page);
          if (step < path.length) await open.decide(path[step] ?? '');
        }
      });
    }
  });

  it('needs sign-in, and returns 404 to other users', async () => {
    const open = await atCase();
    expect((await world().visitor().get(open.page)).path).to.match(/^\/sign-in\?next=/);
    const other = await cleo();
    expect((await other.browser.get(open.page)).status).to.equal(404);
  });
});
