import { expect } from 'chai';
import { inTransaction } from '../../../../../server/platform/db/transaction.js';
import { record } from '../../../../../server/platform/events/record.js';
import { moduleResults } from '../../../../../server/proof/certificates/lifecycle/award.js';
import { isComplete } from '../../../../../server/teaching/learning/completion.js';
import { confirmName } from '../../../../../server/teaching/learning/naming.js';
import { progressOf, recordPractice } from '../../../../../server/teaching/learning/progress.js';
import { attemptsAt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { standingAt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { dryRun } from '../../../../../server/teaching/quizzes/regrading/preview/dry-run.js';
import { findSubmitted } from '../../../../../server/teaching/quizzes/regrading/preview/submitted-attempts.js';
import { rulesLeftOfPractice } from '../../../../../server/teaching/quizzes/remediation/practice-rules.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain, send } from '../../../../support/pages.js';
import { readyToPractise, TRACK, WORK } from '../../../../support/quizzes/practice-course.js';
import { count, rows, write } from '../../../../support/rows.js';
import { said } from '../../../../support/said.js';
import { freshCycle, MODULE, quizIn, takeQuiz, workThrough } from '../../../../support/walk.js';
import { ownWorld, world } from '../../../../support/world.js';

type Ready = Awaited<ReturnType<typeof readyToPractise>>;

const taken = ({ cycle }: Ready) =>
  rows<{ quiz: string; attemptId: string }>(
    'select quiz, attempt_id as "attemptId" from practice_runs where cycle_id = $1 order by quiz',
    [cycle.id],
  );

/** Takes a quiz and waits for what follows. */
async function take({ cycle }: Ready, quiz: string, answer = rightAnswer) {
  const attempt = await takeQuiz(cycle, quiz, answer);
  await world().worker.drain();
  return attempt;
}

describe('a practice quiz', () => {
  ownWorld();

  it('is done once it was submitted, whatever came of it, and is nowhere called failed', async () => {
    const ready = await readyToPractise();
    const { browser, cycle, home, course } = ready;
    const attempt = await take(ready, MODULE, wrongAnswer);
    expect(attempt.passed).to.equal(false);
    expect(await taken(ready)).to.deep.equal([{ quiz: MODULE, attemptId: attempt.id }]);
    expect((await progressOf(cycle.id)).passed.size).to.equal(0);
    const result = await browser.get(`/attempts/${attempt.id}`);
    expect(result.text).to.include('data-practised');
    expect(linksIn(result.text, /remediation$/)).to.deep.equal([`/attempts/${attempt.id}/remediation`]);
    expect(linksIn(result.text, new RegExp(`^${home}/quizzes/${TRACK}$`))).to.have.length(1);
    const pages = [home, `${home}/modules/${MODULE}`, `${home}/quizzes/${MODULE}`, `/attempts/${attempt.id}`];
    for (const page of pages) {
      const text = plain((await browser.get(page)).text);
      for (const key of ['course.status.failed', 'course.quizFailed', 'quiz.notPassed', 'result.notYet'])
        expect(text, page).to.not.include(said(key));
    }
    const shown = said('course.practised', { right: attempt.rightAnswers ?? 0, count: 3 });
    expect(plain((await browser.get(home)).text)).to.include(shown);
    expect(plain((await browser.get(`${home}/modules/${MODULE}`)).text)).to.include(shown);
    expect(isComplete(course.snapshot, await progressOf(cycle.id))).to.equal(false);
  });

  it('may be taken again at once and as often as one likes, and passed', async () => {
    const ready = await readyToPractise();
    const { browser, cycle, home } = ready;
    for (const _ of [1, 2]) await take(ready, MODULE, wrongAnswer);
    const again = await send(browser, `${home}/quizzes/${MODULE}/attempts`);
    expect(again.path).to.match(/questions\/1$/);
    const [first] = await attemptsAt(cycle.id, MODULE);
    expect(await taken(ready), 'the first one counts').to.deep.equal([
      { quiz: MODULE, attemptId: first?.id },
    ]);
    await takeQuiz(cycle, MODULE);
    await world().worker.drain();
    expect([...(await progressOf(cycle.id)).passed]).to.deep.equal([MODULE]);
    expect(await taken(ready)).to.have.length(1);
  });

  it('counts once, of however many tellings, and not in a course without practice', async () => {
    const ready = await readyToPractise();
    const { cycle } = ready;
    const news = { cycleId: cycle.id, quiz: MODULE, attemptId: cycle.id, takenAt: 5 };
    await recordPractice(news);
    await recordPractice({ ...news, takenAt: 6 });
    expect(await count('practice_runs where cycle_id = $1 and taken_at = 5', [cycle.id])).to.equal(1);
    const done = { ...(await progressOf(cycle.id)), passed: new Set(['final']) };
    expect(isComplete(ready.course.snapshot, done)).to.equal(false);
    const { modules } = ready.course.snapshot;
    const before = modules.map(module => ({ ...module, quiz: { ...module.quiz, practice: undefined } }));
    const old = { ...ready.course.snapshot, modules: before } as unknown as typeof ready.course.snapshot;
    const both = { ...done, practised: new Set([MODULE, TRACK]) };
    expect(isComplete(ready.course.snapshot, both)).to.equal(true);
    expect(isComplete(old, both)).to.equal(false);
  });

  it('lets nobody begin the final before each missed safety rule is worked through, once', async () => {
    const ready = await readyToPractise();
    const { browser, cycle, home } = ready;
    await take(ready, MODULE, wrongAnswer);
    const missed = await take(ready, MODULE, wrongAnswer);
    await take(ready, MODULE);
    await take(ready, TRACK);
    const left = await rulesLeftOfPractice(cycle.id);
    expect([...left.values()]).to.include(missed.id);
    const start = `${home}/quizzes/final`;
    expect((await browser.get(home)).text).to.include('data-next="practised-rules"');
    expect(linksIn((await browser.get(start)).text, /remediation$/)).to.have.length(1);
    const refused = await send(browser, `${start}/attempts`);
    expect(refused.status).to.equal(409);
    const final = await quizIn(cycle, 'final');
    await workThrough(cycle, final);
    expect((await rulesLeftOfPractice(cycle.id)).size).to.equal(0);
    expect((await standingAt(cycle.id, final, [], Date.now())).mayStart).to.equal(true);
    expect((await browser.get(home)).text).to.include('data-next="quiz"');
  });

  it('has a page for each rule that holds up the final, however a later release would grade', async () => {
    const ready = await readyToPractise();
    const { browser, cycle } = ready;
    const { id } = await take(ready, MODULE, wrongAnswer);
    await take(ready, TRACK);
    const before = await rulesLeftOfPractice(cycle.id);
    const rule = ready.course.snapshot.remediation?.find(each => !before.has(each.rule))?.rule ?? '';
    // An earlier release held that this answer broke another rule.
    const slots = [{ itemId: 'M1-001', critical: false, points: 0, unsafe: [rule] }];
    await write('update attempts set result = $1 where id = $2', [JSON.stringify(slots), id]);
    const left = await rulesLeftOfPractice(cycle.id);
    expect([...left]).to.deep.equal([[rule, id]]);
    for (const page of [`/attempts/${id}/remediation`, `/attempts/${id}/remediation/${rule}`])
      expect((await browser.get(page)).status, page).to.equal(200);
  });

  it('sends no mail when a ruling changes its result: nothing follows from it', async () => {
    const ready = await readyToPractise();
    const [practised, passed] = [await take(ready, MODULE), await take(ready, 'final')];
    const mails = () =>
      world()
        .mailbox.to(ready.learner.email)
        .map(({ subject }) => subject);
    const changed = async ({ id }: { id: string }) => {
      const { userId, cycleId, organisationId } = practised;
      const payload = {
        attemptId: id,
        cycleId,
        userId,
        regradeId: id,
        change: 'passed',
        points: 1,
        passed: true,
      };
      const by = { actorId: null, organisationId, now: Date.now() };
      await inTransaction(() => record('attempt.regraded', payload, by));
      await world().worker.drain();
    };
    await changed(practised);
    expect(mails()).to.not.include(said('mail.subject.result-changed'));
    await changed(passed);
    expect(mails()).to.include(said('mail.subject.result-changed'));
  });

  it('leads to a certificate that names the final alone, whose form has two parts', async () => {
    const ready = await readyToPractise();
    const { browser, cycle, course } = ready;
    for (const quiz of [MODULE, TRACK]) await take(ready, quiz, wrongAnswer);
    const attempt = await take(ready, 'final');
    expect(attempt.passed).to.equal(true);
    const final = await quizIn(cycle, 'final');
    const work = final.from?.[0]?.items ?? [];
    const isWork = attempt.form.map(({ itemId }) => work.includes(itemId));
    expect(isWork.slice(0, WORK)).to.not.include(false);
    expect(isWork.slice(WORK)).to.not.include(true);
    const result = await browser.get(`/attempts/${attempt.id}`);
    expect(result.text).to.include('data-parts');
    const title = said('part.title', { number: 1, name: said('part.work') });
    expect(plain(result.text)).to.include(said('part.result', { title, right: WORK, count: WORK }));
    expect((await freshCycle(cycle)).completedAt).to.not.equal(null);
    const practised = await attemptsAt(cycle.id, TRACK);
    const met = practised.flatMap(({ form }) => form.map(({ itemId }) => itemId));
    expect(attempt.form.filter(({ itemId }) => met.includes(itemId))).to.deep.equal([]);
    expect((await moduleResults(cycle.id, course)).map(({ id }) => id)).to.deep.equal(['final']);
  });

  it('says the part of a question on its page, and where a part begins on one page', async () => {
    const ready = await readyToPractise();
    const { browser, home } = ready;
    for (const quiz of [MODULE, TRACK]) await take(ready, quiz);
    await confirmName(ready.cycle, 'Ada Marlow', Date.now());
    const first = await send(browser, `${home}/quizzes/final/attempts`);
    expect(first.text).to.include('data-part');
    const attempts = await attemptsAt(ready.cycle.id, 'final');
    const all = await browser.get(`/attempts/${attempts[0]?.id}/questions`);
    expect(all.text.match(/data-part/g)).to.have.length(2);
  });

  it('keeps its pass through a ruling that would withdraw the pass of another quiz', async () => {
    const ready = await readyToPractise();
    const { id } = await take(ready, MODULE);
    const submitted = await findSubmitted(id);
    if (!submitted) throw new Error('The attempt is gone');
    const quiz = await quizIn(ready.cycle);
    const blank = { ...submitted, kept: [] };
    expect(dryRun(blank, quiz, { withdraw: true }).change).to.equal('kept');
    const { practice: _, ...other } = quiz;
    expect(dryRun(blank, other, { withdraw: true }).change).to.equal('withdrawn');
  });
});
