import { expect } from 'chai';
import { certificatesOf } from '../../../server/certificates/finding.js';
import { bestPath, walk, writePath, type CaseChoice } from '../../../server/courses/content/scenario-walk.js';
import { row } from '../../../server/db/rows.js';
import { answersOf, findAttempt, startAttempt } from '../../../server/quizzes/attempts.js';
import { isCase } from '../../../server/quizzes/quiz.js';
import type { Item } from '../../../server/quizzes/types/item.js';
import { linksIn, type Page } from '../../../server/smoke/client.js';
import { ada, cleo } from '../../support/people.js';
import {
  almostThrough,
  answerAll,
  count,
  course,
  enrolled,
  plain,
  quizIn,
  rightAnswer,
  send,
  wrongAnswer,
  write,
} from '../../support/walk.js';
import { world } from '../../support/world.js';

const COURSE = 'volunteers';

/** A learner at the case of an open final, its questions answered or not. */
async function atCase({ answer = rightAnswer, isReady = false } = {}) {
  const learner = await ada();
  const cycle = await enrolled(learner, COURSE);
  if (isReady) await almostThrough(cycle, ['final']);
  const quiz = await quizIn(cycle, 'final');
  const { scenario } = quiz;
  if (!scenario) throw new Error('The final has no case');
  const attempt = await startAttempt(cycle, quiz, Date.now());
  const slot = attempt.form.findIndex(drawn => isCase(quiz, drawn)) + 1;
  // Everything but the case.
  await answerAll({ ...attempt, form: attempt.form.slice(0, slot - 1) }, quiz, answer);
  const page = `/attempts/${attempt.id}/questions/${slot}`;
  const action = `/attempts/${attempt.id}/answers/${slot}`;
  const { browser } = learner;
  await browser.get(page);
  const decide = (choice: string) => browser.submit(action, { choice });
  const kept = async () => (await answersOf(attempt.id, slot))[0]?.response.path ?? [];
  const steps = () => count('attempt_answers where attempt_id = $1 and slot = $2', [attempt.id, slot]);
  const submission = `/attempts/${attempt.id}/submission`;
  async function handIn(path: readonly string[]): Promise<Page> {
    await browser.get(page);
    for (const choice of path) await decide(choice);
    await browser.get(`/attempts/${attempt.id}/review`);
    return browser.submit(submission);
  }
  return {
    ...learner,
    cycle,
    quiz,
    scenario,
    attempt,
    slot,
    page,
    action,
    submission,
    decide,
    kept,
    steps,
    handIn,
  };
}

type AtCase = Awaited<ReturnType<typeof atCase>>;

/** The path of the best choices, with another one at some decisions. */
function pathWith({ scenario }: AtCase, wanted: Partial<Record<number, CaseChoice['quality']>>): string[] {
  const path: string[] = [];
  for (let here = walk(scenario, path); here?.node; here = walk(scenario, path)) {
    const quality = wanted[path.length] ?? 'best';
    const found = here.node.choices.find(each => each.quality === quality);
    if (!found)
      throw new Error(`Decision ${path.length + 1} of ${scenario.id} has no choice that is ${quality}`);
    path.push(found.id);
  }
  return path;
}

/** The first decision that has a choice of this quality. */
function decisionWith({ scenario }: AtCase, quality: CaseChoice['quality']): number {
  return bestPath(scenario).findIndex((_, step) =>
    walk(scenario, bestPath(scenario).slice(0, step))?.node?.choices.some(each => each.quality === quality),
  );
}

const choicesOf = ({ scenario }: AtCase): CaseChoice[] => scenario.nodes.flatMap(({ choices }) => choices);

/** Everything that would tell how good a choice is, or what the other choices would have led to. */
const secretsOf = (open: AtCase, walked: readonly string[]): string[] => {
  const taken = walk(open.scenario, walked)?.steps.map(({ choice }) => choice.result) ?? [];
  return [
    ...choicesOf(open).flatMap(choice => [choice.reason, ...('better' in choice ? [choice.better] : [])]),
    ...choicesOf(open).flatMap(({ result }) => (taken.includes(result) ? [] : [result])),
    ...open.scenario.endings.map(({ text }) => text),
  ];
};

describe('the case of the final', () => {
  it('is its last slot, and is announced before the start', async () => {
    const { browser, cycle, attempt, slot, quiz } = await atCase({ isReady: true });
    expect([attempt.form.length, slot]).to.deep.equal([quiz.draw + 1, quiz.draw + 1]);
    const words = plain((await browser.get(`/learning/${cycle.id}/quizzes/final`)).text);
    expect(words).to.include('A case follows').and.include('three quarters of your decisions');
    expect(plain((await browser.get(`/learning/${cycle.id}`)).text)).to.include(
      `${quiz.draw} questions and a case`,
    );
  });

  it('says before the first decision that none can be changed', async () => {
    const open = await atCase();
    const { text } = await open.browser.get(open.page);
    expect(plain(text)).to.include('You decide once').and.include('You cannot change it after that');
    expect(plain(text)).to.not.include('change your answer until you send');
    const { node } = walk(open.scenario, []) ?? {};
    for (const words of [open.scenario.opening, node?.text, node?.question])
      expect(plain(text)).to.include(plain(words ?? ''));
  });

  it('keeps each decision as it is made, and shows its consequence and the next one', async () => {
    const open = await atCase();
    const path = bestPath(open.scenario);
    for (const [index, choice] of path.entries()) {
      const page = await open.decide(choice);
      expect([page.status, page.path]).to.deep.equal([200, open.page]);
      expect(await open.kept()).to.deep.equal(path.slice(0, index + 1));
      expect(await open.steps()).to.equal(index + 1);
      const { steps, node } = walk(open.scenario, path.slice(0, index + 1)) ?? {};
      expect(plain(page.text)).to.include(plain(steps?.at(-1)?.choice.result ?? 'no result'));
      if (node) expect(plain(page.text)).to.include(plain(node.text)).and.include(plain(node.question));
    }
    const page = await open.browser.get(open.page);
    expect(plain(page.text)).to.include('The case ends here');
    expect(linksIn(page.text, /\/answers\//)).to.deep.equal([]);
    expect(linksIn(page.text, /\/review$/)).to.deep.equal([`/attempts/${open.attempt.id}/review`]);
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
    expect(plain(page.text)).to.include('decision 2 of');
    const review = plain((await open.browser.get(`/attempts/${open.attempt.id}/review`)).text);
    expect(review).to.include(`You have answered ${open.quiz.draw} of ${open.quiz.draw} questions.`);
    expect(review).to.include('The case: it has not ended yet');
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
            const form = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '';
            const told = secretsOf(open, path.slice(0, step)).filter(
              secret => plain(form).includes(plain(secret)) || form.includes(secret),
            );
            expect(told, `after ${step} decisions`).to.deep.equal([]);
            expect(form).to.not.match(
              /<!--|data-(?!copy)|\b(quality|reason|better|judgement|never-\d|unsafe|acceptable)\b/i,
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

  describe('does not take back a decision', () => {
    it('when an old step is sent again: nothing changes, and the page shows where the case is', async () => {
      const open = await atCase();
      const [first = '', second = ''] = bestPath(open.scenario);
      const old = open.browser.last;
      await open.decide(first);
      await open.decide(second);
      open.browser.last = old;
      const page = await open.decide(first);
      expect(page.status).to.equal(409);
      expect(plain(page.text))
        .to.include('This decision was made in another tab')
        .and.include('decision 3 of');
      expect(await open.kept()).to.deep.equal([first, second]);
      expect(await open.steps()).to.equal(2);
    });

    it('in a tab that is behind: 409, and it names what was chosen there', async () => {
      const open = await atCase();
      const { node } = walk(open.scenario, []) ?? {};
      const [mine, theirs] = node?.choices ?? [];
      const old = open.browser.last;
      await open.decide(theirs?.id ?? '');
      open.browser.last = old;
      const page = await open.decide(mine?.id ?? '');
      expect(page.status).to.equal(409);
      expect(plain(page.text)).to.include(plain(`In this tab you chose: ${mine?.text ?? ''}`));
      expect(await open.kept()).to.deep.equal([theirs?.id]);
      const after = await open.decide(bestPath(open.scenario)[1] ?? '');
      expect(after.status).to.equal(200);
      expect(await open.steps()).to.equal(2);
    });

    it('of two tabs that decide at the same moment one is kept', async () => {
      const open = await atCase();
      const { node } = walk(open.scenario, []) ?? {};
      const ids = (node?.choices ?? []).slice(0, 2).map(({ id }) => id);
      const pages = await Promise.all(ids.map(open.decide));
      expect(pages.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect(await open.kept()).to.deep.equal([ids[pages[0]?.status === 200 ? 0 : 1]]);
      expect(await open.steps()).to.equal(1);
    });

    it('and keeps one that is sent ten times once', async () => {
      const open = await atCase();
      const [first = ''] = bestPath(open.scenario);
      const before = open.browser.last;
      const pages = await Promise.all(
        Array.from({ length: 10 }, () => {
          open.browser.last = before;
          return open.decide(first);
        }),
      );
      expect(new Set(pages.map(({ status, path }) => `${status} ${path}`))).to.deep.equal(
        new Set([`200 ${open.page}`]),
      );
      expect(await open.steps()).to.equal(1);
    });

    for (const [name, fields, status] of [
      ['another first decision, with the number that holds', { path: '', choice: 'x', sequence: '2' }, 422],
      ['a step left out', { path: 'x.y.z', choice: 'a', sequence: '2' }, 422],
      ['an old number', { path: 'x.y', choice: 'z', sequence: '0' }, 409],
      ['a number ahead', { path: 'x.y', choice: 'z', sequence: '9' }, 409],
      ['no number', { path: 'x.y', choice: 'z', sequence: '' }, 422],
      ['no path', { choice: 'z', sequence: '2' }, 422],
      ['two paths', { path: ['x', 'x.y'], choice: 'z', sequence: '2' }, 422],
      ['two choices', { path: 'x.y', choice: ['a', 'b'], sequence: '2' }, 422],
      ['no choice', { path: 'x.y', sequence: '2' }, 422],
      ['a choice that is not there', { path: 'x.y', choice: 'h', sequence: '2' }, 422],
      ['a path that cannot be', { path: 'h.h', choice: 'a', sequence: '2' }, 422],
      ['SQL', { path: 'x.y', choice: "a'; drop table attempt_answers; --", sequence: '2' }, 422],
      ['NUL', { path: 'x.y\0', choice: 'a', sequence: '2' }, 422],
      ['the fields of another kind', { truth: 'true', reason: 'a', sequence: '2' }, 422],
      ['a whole path at once', { path: 'x.y.z.w', choice: 'w', sequence: '2' }, 422],
    ] as [string, Record<string, string | string[]>, number][]) {
      it(`by ${name}: ${status}, and nothing changes`, async () => {
        const open = await atCase();
        const path = bestPath(open.scenario);
        await open.decide(path[0] ?? '');
        await open.decide(path[1] ?? '');
        // The letters of the best path, put in for x, y, z and w; the first decision is turned into another one.
        const other = walk(open.scenario, [])?.node?.choices.find(({ id }) => id !== path[0])?.id ?? '';
        const letters: Record<string, string> = {
          x: path[0] ?? '',
          y: path[1] ?? '',
          z: path[2] ?? '',
          w: path[3] ?? '',
        };
        const filled = (text: string) => text.replace(/\b[xyzw]\b/g, letter => letters[letter] ?? '');
        const sent = Object.fromEntries(
          Object.entries(fields).map(([key, value]) => [
            key,
            [value].flat().map(text => (text === 'x' && key === 'choice' ? other : filled(text))),
          ]),
        );
        const page = await send(open.browser, open.action, sent);
        expect(page.status).to.equal(status);
        expect(await open.kept()).to.deep.equal(path.slice(0, 2));
        expect(await open.steps()).to.equal(2);
      });
    }

    it('nor goes on after the end', async () => {
      const open = await atCase();
      const path = bestPath(open.scenario);
      for (const choice of path) await open.decide(choice);
      const sequence = String(path.length);
      const page = await send(open.browser, open.action, { path: writePath(path), choice: 'a', sequence });
      expect(page.status).to.equal(422);
      expect(await open.kept()).to.deep.equal(path);
    });
  });

  describe('handed in with right questions', () => {
    it('is passed with the best choices, and shows each decision with its reason', async () => {
      const open = await atCase({ isReady: true });
      const words = plain((await open.handIn(bestPath(open.scenario))).text);
      expect(await findAttempt(open.attempt.id)).to.include({
        passed: true,
        points: open.quiz.draw * 100,
        rightAnswers: open.quiz.draw,
      });
      expect(words).to.include('You have completed the course').and.include('and the case passed');
      const { steps, ending } = walk(open.scenario, bestPath(open.scenario)) ?? {};
      for (const { node, choice } of steps ?? [])
        for (const text of [node.question, choice.text, choice.reason]) expect(words).to.include(plain(text));
      expect(words).to.include(plain(ending?.text ?? 'no ending'));
    });

    it('is passed with one weak choice of four, and shows the better one', async () => {
      const open = await atCase({ isReady: true });
      const weak = decisionWith(open, 'weak');
      const path = pathWith(open, { [weak]: 'weak' });
      const words = plain((await open.handIn(path)).text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: true });
      const choice = walk(open.scenario, path)?.steps[weak]?.choice;
      if (!choice || !('better' in choice)) throw new Error('A weak choice has a better one');
      expect(words)
        .to.include(plain(choice.reason))
        .and.include(plain(`A better way: ${choice.better}`));
    });

    it('gives the certificate the share of the questions, whatever the case', async () => {
      const open = await atCase({ isReady: true });
      await open.handIn(pathWith(open, { [decisionWith(open, 'weak')]: 'weak' }));
      await world().worker.drain();
      const [certificate] = await certificatesOf(open.id);
      expect(certificate?.facts.modules.find(({ id }) => id === 'final')?.percent).to.equal(100);
    });

    it('fails the final by one unsafe choice, names an objective, and neither the choice nor its rule', async () => {
      const open = await atCase({ isReady: true });
      const unsafe = decisionWith(open, 'unsafe');
      const path = pathWith(open, { [unsafe]: 'unsafe' });
      const page = await open.handIn(path);
      const words = plain(page.text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false, points: open.quiz.draw * 100 });
      expect(words).to.include(`You had ${open.quiz.draw} of ${open.quiz.draw} right. That is enough.`);
      expect(words).to.include(`In the case, you had ${path.length - 1} of ${path.length} decisions right.`);
      expect(words).to.include('A decision in the case was not safe here.');
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
      const page = await open.handIn(path);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false });
      const module = (await course(COURSE)).snapshot.modules.find(
        ({ slug }) => slug === 'see-respond-report',
      );
      for (const lesson of module?.lessons.filter(({ optional }) => !optional) ?? [])
        expect(plain(page.text)).to.include(plain(lesson.title));
      expect(plain(page.text)).to.not.include('was not safe');
    });

    it('fails it before its end', async () => {
      const open = await atCase({ isReady: true });
      const words = plain((await open.handIn(bestPath(open.scenario).slice(0, -1))).text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false });
      expect(words).to.include('You did not finish the case');
    });

    it('fails it when it was never begun', async () => {
      const open = await atCase({ isReady: true });
      const words = plain((await open.handIn([])).text);
      expect(await findAttempt(open.attempt.id)).to.include({ passed: false });
      expect(words).to.include('You did not finish the case');
    });
  });

  it('does not save a final whose questions were wrong', async () => {
    const open = await atCase({ isReady: true, answer: wrongAnswer });
    const words = plain((await open.handIn(bestPath(open.scenario))).text);
    expect(await findAttempt(open.attempt.id)).to.include({ passed: false, points: 0 });
    expect(words).to.include('You passed the case.').and.include('To pass, you need');
  });

  it('holds nothing of the key after a fail: no decision, no reason, no ending', async () => {
    const open = await atCase({ isReady: true });
    const path = pathWith(open, { [decisionWith(open, 'unsafe')]: 'unsafe' });
    await open.handIn(path);
    for (const address of [`/attempts/${open.attempt.id}`, open.page]) {
      const { text } = await open.browser.get(address);
      const words = plain(text);
      const told = [...secretsOf(open, []), ...open.scenario.nodes.map(node => node.text)];
      expect(told.filter(each => words.includes(plain(each)))).to.deep.equal([]);
      for (const choice of choicesOf(open)) expect(words).to.not.include(plain(choice.text));
      expect(text).to.not.match(/never-\d/);
    }
  });

  it('keeps with the result what the right judgement was, and how the case went', async () => {
    const open = await atCase({ isReady: true });
    await open.handIn(bestPath(open.scenario));
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
    expect(words).to.include(`${form.length} of ${form.length} right, every safety question right`);
    expect(words).to.not.include('and the case passed').and.not.include('The case: ');
  });

  it('may be tried again: the case is the same, its choices in another order', async () => {
    const open = await atCase({ isReady: true });
    const words = plain((await open.handIn([])).text);
    expect(words).to.include('The case stays the same.');
    const orders = [];
    for (let n = 0; n < 6; n += 1) {
      const again = await startAttempt(open.cycle, open.quiz, Date.now());
      orders.push(again.form.at(-1)?.optionOrder.join('') ?? '');
      expect(again.form.at(-1)?.itemId).to.equal(open.scenario.id);
      await write('update attempts set submitted_at = $1 where id = $2', [Date.now(), again.id]);
    }
    expect(new Set(orders).size).to.be.greaterThan(1);
  });

  describe('is not for everyone', () => {
    it('needs sign-in', async () => {
      const open = await atCase();
      const fields = { path: '', choice: bestPath(open.scenario)[0] ?? '', sequence: '0' };
      expect((await send(world().visitor(), open.action, fields)).path).to.equal('/sign-in');
      expect((await world().visitor().get(open.page)).path).to.match(/^\/sign-in\?next=/);
      expect(await open.steps()).to.equal(0);
    });

    it('says 404 to somebody else', async () => {
      const open = await atCase();
      const other = await cleo();
      const fields = { path: '', choice: bestPath(open.scenario)[0] ?? '', sequence: '0' };
      expect((await send(other.browser, open.action, fields)).status).to.equal(404);
      expect((await other.browser.get(open.page)).status).to.equal(404);
      expect(await open.steps()).to.equal(0);
    });

    it('is refused without the token of a page', async () => {
      const open = await atCase();
      const fields = { path: '', choice: bestPath(open.scenario)[0] ?? '', sequence: '0' };
      expect((await open.browser.post(open.action, fields)).status).to.equal(403);
      expect(await open.steps()).to.equal(0);
    });

    it('takes no decision after the attempt was handed in', async () => {
      const open = await atCase({ isReady: true });
      const path = bestPath(open.scenario);
      await open.handIn(path.slice(0, 1));
      const fields = { path: path[0] ?? '', choice: path[1] ?? '', sequence: '1' };
      expect((await send(open.browser, open.action, fields)).path).to.equal(`/attempts/${open.attempt.id}`);
      expect(await open.steps()).to.equal(1);
    });
  });
});
