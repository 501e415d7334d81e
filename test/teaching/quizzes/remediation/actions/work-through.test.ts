import { expect } from 'chai';
import { courseVersion } from '../../../../../server/teaching/courses/catalogue.js';
import { attemptsAt, savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { resultOf } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import { missedRules, remediationOf } from '../../../../../server/teaching/quizzes/remediation/rules.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { cleo } from '../../../../support/people.js';
import { said } from '../../../../support/said.js';
import { almostThrough, quizIn, readyForQuiz, takeQuiz } from '../../../../support/walk.js';
import { count } from '../../../../support/rows.js';
import { plain, send } from '../../../../support/pages.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { ownWorld, world } from '../../../../support/world.js';

/** Somebody who failed a quiz with a safety question wrong, and the first rule that was missed. */
async function missed(quizName?: string) {
  const learner = await readyForQuiz();
  const { cycle } = learner;
  if (quizName) await almostThrough(cycle, [quizName]);
  const attempt = await takeQuiz(cycle, quizName ?? learner.quiz.name, wrongAnswer);
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const quiz = await quizIn(cycle, quizName);
  const { graded } = await resultOf(attempt, quiz, await savedAnswers(attempt.id));
  const rules = missedRules(graded);
  const remediation = remediationOf(snapshot, rules[0] ?? '');
  if (!remediation) throw new Error('No rule was missed');
  const home = `/attempts/${attempt.id}/remediation`;
  const here = `${home}/${remediation.rule}`;
  return { ...learner, attempt, rules, remediation, home, here };
}

const answerIn = (text: string) => linksIn(text, /\/answers\//)[0] ?? '';
const done = (attemptId: string) => count('remediations where attempt_id = $1', [attemptId]);

describe('working through a missed safety rule', () => {
  ownWorld();
  it('comes first on the page of the failed attempt, and holds up the next one', async () => {
    const { browser, attempt, start, home, cycle, quiz, remediation, rules } = await missed();
    const page = await browser.get(`/attempts/${attempt.id}`);
    expect(page.text.indexOf(home)).to.be.within(0, page.text.indexOf('class="tasks"'));
    expect(plain(page.text)).to.include(plain(remediation.text));
    expect(linksIn(page.text, new RegExp(`^${start}$`))).to.deep.equal([]);
    expect(linksIn((await browser.get(start)).text, /remediation$/)).to.deep.equal([home]);
    // They are the first stop, on both pages; the lessons come after them.
    for (const path of [`/attempts/${attempt.id}`, start]) {
      const { text } = await browser.get(path);
      expect(text, path).to.include(`<a class="button" href="${home}"`);
      const [main = ''] = /<main[\s\S]*<\/main>/.exec(text) ?? [];
      expect(main.match(/class="button"/g), path).to.have.length(1);
    }
    expect(plain(page.text)).to.include(said('result.readThen'));
    const refused = await send(browser, `${start}/attempts`);
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include(said('remediation.firstTitle', { count: rules.length }));
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(1);
  });

  it('shows the rule, an example and a question, without its key', async () => {
    const { browser, home, here, rules, remediation } = await missed();
    const list = await browser.get(home);
    expect(new Set(linksIn(list.text, /(?:never|always)-\d$/)).size).to.equal(rules.length);
    const page = await browser.get(here);
    const words = plain(page.text);
    const { text, why, example, items } = remediation;
    for (const part of [text, why, example.situation, example.action, example.reason, items[0]?.stem ?? ''])
      expect(words).to.include(plain(part));
    for (const { feedback } of items.flatMap(({ options }) => options))
      expect(words).to.not.include(plain(feedback));
  });

  it('explains a wrong answer, keeps nothing of it, and offers another question', async () => {
    const { browser, here, remediation, attempt } = await missed();
    const page = await browser.get(here);
    const [item] = remediation.items;
    const wrong = item?.options.find(({ id }) => id !== item.key);
    const answered = await browser.submit(answerIn(page.text), { choice: wrong?.id ?? '' });
    expect(answered.status).to.equal(200);
    expect(plain(answered.text)).to.include(plain(wrong?.feedback ?? '-'));
    expect(plain(answered.text)).to.include(said('components.notTheBest'));
    expect(await done(attempt.id)).to.equal(0);
    const [other = ''] = linksIn(answered.text, /\?item=/);
    expect(plain((await browser.get(other)).text)).to.include(plain(remediation.items[1]?.stem ?? '-'));
  });

  it('asks for an answer where none was chosen, and takes none that is not offered', async () => {
    const { browser, here, attempt } = await missed();
    const page = await browser.get(here);
    for (const fields of [{}, { choice: '' }, { choice: 'z' }, { choice: ['a', 'b'] }]) {
      const again = await browser.submit(answerIn(page.text), fields);
      expect(again.status, JSON.stringify(fields)).to.equal(422);
      // Told above and beside the question: the address leads to the question, past what stands above.
      expect(
        plain(again.text).split(said('question.problem.missing')),
        JSON.stringify(fields),
      ).to.have.length(3);
    }
    expect(await done(attempt.id)).to.equal(0);
  });

  it('is done with a right answer, however often it comes, and then the next attempt starts', async () => {
    const { browser, home, start, attempt, cycle, quiz, rules } = await missed();
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    for (const rule of rules) {
      const page = await browser.get(`${home}/${rule}`);
      const action = answerIn(page.text);
      const item = remediationOf(snapshot, rule)?.items.find(({ id }) => action.includes(id));
      const sent = await Promise.all(
        Array.from({ length: 5 }, () => browser.submit(action, { choice: item?.key ?? '' })),
      );
      for (const answered of sent) expect(plain(answered.text)).to.include(said('remediation.doneTitle'));
    }
    expect(await done(attempt.id)).to.equal(rules.length);
    expect(
      await count(`events where name = 'remediation.finished' and payload like $1`, [`%${attempt.id}%`]),
    ).to.equal(rules.length);
    const list = plain((await browser.get(home)).text);
    expect(list)
      .to.include(said('remediation.leadDone', { count: rules.length }))
      .and.not.include(said('remediation.lead', { count: rules.length }));
    await browser.get(start);
    expect((await browser.submit(`${start}/attempts`)).path).to.match(/\/questions\/1$/);
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(2);
  });

  it('covers the rules that the case of a final broke', async () => {
    const { browser, home, rules } = await missed('final');
    expect(rules.length).to.be.greaterThan(1);
    expect(new Set(linksIn((await browser.get(home)).text, /(?:never|always)-\d$/)).size).to.equal(
      rules.length,
    );
  });

  it('returns 404 after a pass, for a rule that was not missed, and for an unknown question', async () => {
    const { browser, cycle, quiz, home, here, rules } = await missed();
    const other = ['1', '2', '3', '4', '5', '6', '7', '8']
      .map(n => `never-${n}`)
      .find(r => !rules.includes(r));
    for (const path of [`${home}/${other}`, `${home}/never-9`, `${home}/__proto__`])
      expect((await browser.get(path)).status, path).to.equal(404);
    expect((await send(browser, `${here}/answers/R0-001`, { choice: 'a' })).status).to.equal(404);
    const passed = await takeQuiz(cycle, quiz.name, rightAnswer);
    expect((await browser.get(`/attempts/${passed.id}/remediation`)).status).to.equal(404);
  });

  it('returns 404 to other users', async () => {
    const { home, here, remediation, attempt } = await missed();
    const { browser } = await cleo();
    const answer = `${here}/answers/${remediation.items[0]?.id}`;
    expect((await browser.get(home)).status).to.equal(404);
    expect((await browser.get(here)).status).to.equal(404);
    const choice = remediation.items[0]?.key ?? '';
    expect((await send(browser, answer, { choice })).status).to.equal(404);
    expect((await send(world().visitor(), answer, { choice })).path).to.equal('/sign-in');
    expect(await done(attempt.id)).to.equal(0);
  });

  it('is refused without the token of a page', async () => {
    const { browser, here, remediation, attempt } = await missed();
    const [item] = remediation.items;
    const page = await browser.post(`${here}/answers/${item?.id}`, { choice: item?.key ?? '' });
    expect(page.status).to.equal(403);
    expect(await done(attempt.id)).to.equal(0);
  });
});
