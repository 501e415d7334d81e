import { expect } from 'chai';
import type { Client, Page } from '../../../../../server/workshop/smoke/client.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { analysedBank } from '../../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import { csrfOf } from '../../../../people/accounts/browser.js';
import { ada, dina, signedIn, type Person } from '../../../../support/people.js';
import { keep, madeUpAttempt } from '../../../../support/quizzes/made-up-attempts.js';
import {
  knowing,
  otherOption,
  roundIn,
  ruledCourse,
  type RuledCourse,
} from '../../../../support/quizzes/ruled-course.js';
import { count, write } from '../../../../support/rows.js';
import { course, MODULE, takeQuiz } from '../../../../support/walk.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';

const formOf = ({ courseSlug, version, ruled }: RuledCourse) =>
  `/admin/rulings/${courseSlug}/${version}/${MODULE}/${ruled.id}`;

const fields = ({ version }: RuledCourse, changes: Record<string, string> = {}) => ({
  kind: 'void',
  fromVersion: String(version),
  toVersion: String(version),
  reason: 'Two answers are right',
  ...changes,
});

/** What a result's page says of a ruling on its questions, or of a regrade, on whatever day it was. */
const noticeOf = (kind: string) => onSomeDay(`regrade.notice.${kind}`);
const outcomeOf = (change: string) => onSomeDay(`regrade.outcome.${change}`);
const onSomeDay = (key: string) =>
  new RegExp(
    said(key, { date: 'DAY' })
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace('DAY', '.+?'),
  );

/** Sends the form, and follows to the preview. */
const preview = (browser: Client, place: RuledCourse, changes: Record<string, string> = {}): Promise<Page> =>
  send(browser, formOf(place), fields(place, changes));

/** Somebody who failed with one right answer to another question than the ruled one. */
async function failed(place: RuledCourse): Promise<{ learner: Person; attempt: string }> {
  const learner = await signedIn({ name: 'Noor Vale' });
  const attempt = await takeQuiz(await roundIn(place, learner), MODULE, knowing(place, place.others[0]));
  return { learner, attempt: attempt.id };
}

describe('ruling on a question', () => {
  ownWorld();
  let admin: Person;

  before(async () => {
    admin = await dina();
  });

  it('begins at the statistics of the question, and shows its newest wording beside this one', async () => {
    const place = await ruledCourse({ critical: 'never-2' });
    const items = [place.ruled, ...place.others];
    await keep(Array.from({ length: 6 }, () => madeUpAttempt(place, { items })));
    const { hash } = analysedBank(place.quiz).get(place.ruled.id) ?? { hash: '' };
    const item = `/admin/statistics/${place.courseSlug}/${place.version}/${MODULE}/items/${place.ruled.id}/${hash}`;
    const { text } = await admin.browser.get(item);
    expect(linksIn(text, /\/admin\/rulings\//)).to.include(formOf(place));
    const page = await admin.browser.get(formOf(place));
    expect(page.status).to.equal(200);
    const words = plain(page.text);
    expect(words)
      .to.include(place.ruled.stem)
      .and.include(said('statistics.versionNumber', { number: place.version }));
    expect(page.text).to.include(`name="fromVersion" type="text" value="${place.version}"`);
    expect(page.text).to.include(`<option value="${place.mended}">`);
    expect(page.text).to.include('name="s1-choice"').and.not.include('value="lift"');
  });

  it('finds a question by its id, even where few people or nobody answered it', async () => {
    const { snapshot, slug, number } = await course();
    const item = snapshot.modules[0]?.quiz.items[0]?.id ?? '';
    const { text } = await admin.browser.get(`/admin/rulings?query=${item}`);
    expect(text).to.include(`href="/admin/rulings/${slug}/${number}/${snapshot.modules[0]?.slug}/${item}"`);
    const none = plain((await admin.browser.get('/admin/rulings?query=%22nothing')).text);
    expect(none).to.include(said('regrade.notAsked'));
  });

  it('returns 404 to learners, and for a question that does not exist', async () => {
    const place = await ruledCourse();
    const learner = await ada();
    for (const path of ['/admin/rulings', formOf(place)])
      expect((await learner.browser.get(path)).status, path).to.equal(404);
    expect((await send(learner.browser, formOf(place), fields(place))).status).to.equal(404);
    const nothing = [
      formOf(place).replace(place.ruled.id, 'X-1'),
      formOf(place).replace(MODULE, 'nothing'),
      formOf(place).replace(place.courseSlug, 'nothing'),
      formOf(place).replace(`/${place.version}/`, '/9999/'),
      formOf(place).replace(`/${place.version}/`, '/all/'),
      '/admin/regrades/11111111-1111-4111-8111-111111111111',
    ];
    for (const path of nothing) expect((await admin.browser.get(path)).status, path).to.equal(404);
  });

  it('asks for what is missing, and keeps what was typed', async () => {
    const place = await ruledCourse();
    const drafts = await count('regrades');
    const wrong: [Record<string, string>, string][] = [
      [{ kind: '' }, 'regrade.error.kind'],
      [{ reason: '  ' }, 'regrade.error.reason'],
      [{ reason: 'x'.repeat(501) }, 'regrade.error.long'],
      [{ kind: 'key' }, 'regrade.error.keyVersion'],
      [{ kind: 'key', keyVersion: String(place.version) }, 'regrade.refusal.key'],
      [{ kind: 'accept' }, 'regrade.error.answer'],
      [{ kind: 'accept', 's1-choice': place.ruled.key[0] ?? '' }, 'regrade.refusal.answer'],
      [{ kind: 'lift' }, 'regrade.refusal.nothing'],
      [{ fromVersion: 'one' }, 'regrade.error.versions'],
      [{ toVersion: String(place.mended) }, 'regrade.refusal.wording'],
      [{ withdraw: 'yes' }, 'regrade.error.withdrawalReason'],
    ];
    for (const [changes, problem] of wrong) {
      const page = await preview(admin.browser, place, { reason: 'Kept as typed', ...changes });
      expect(page.status, problem).to.equal(422);
      expect(plain(page.text), problem).to.include(said(problem));
      if (!('reason' in changes)) expect(page.text, problem).to.include('Kept as typed</textarea>');
    }
    expect(await count('regrades')).to.equal(drafts);
  });

  it('is previewed, put into force, shown to the learner and logged', async () => {
    const place = await ruledCourse();
    const { learner, attempt } = await failed(place);
    await write('update attempts set job = $1 where id = $2', ['cabin', attempt]);
    const page = await preview(admin.browser, place);
    expect(page.path).to.match(/^\/admin\/regrades\//);
    expect(page.text).to.include(`data-job>${said('job.name.cabin')}<`);
    const words = plain(page.text);
    expect(words)
      .to.include(said('regrade.lookedAt', { count: 1 }))
      .and.include('Noor Vale');
    expect(words)
      .to.include(`${said('regrade.tally.passed')} 1`)
      .and.include(`${said('regrade.tally.issue')} 1`);
    expect(words)
      .to.include(said('regrade.right', { right: 1, count: 3 }))
      .and.include(said('regrade.right', { right: 2, count: 3 }));
    const file = await admin.browser.get(`${page.path}/changes.csv`);
    expect(file.headers.get('content-type')).to.include('text/csv');
    expect(file.text.trim().split('\r\n')).to.have.length(2);
    expect(file.text).to.include('Noor Vale').and.include(',passed,issue,1,2,100,200,300,cabin');
    expect(plain((await learner.browser.get(`/attempts/${attempt}`)).text)).to.not.include(
      said('regrade.noticeTitle'),
    );

    await send(admin.browser, `${page.path}/application`);
    await world().worker.drain();
    const done = plain((await admin.browser.get(page.path)).text);
    expect(done)
      .to.include(said('regrade.doneTitle'))
      .and.include(said('regrade.doneText', { count: 1 }));
    expect(done)
      .to.include(said('regrade.done'))
      .and.include(`${said('regrade.tally.issueDone')} 1`);
    expect(done).to.include(said('regrade.attemptsDone')).and.not.include(said('regrade.tally.issue'));
    expect(plain((await admin.browser.get('/admin/rulings')).text)).to.include('Two answers are right');
    const result = plain((await learner.browser.get(`/attempts/${attempt}`)).text);
    expect(result).to.match(noticeOf('void'));
    expect(result).to.match(outcomeOf('passed')).and.include(said('regrade.mark.void'));
    const again = await admin.browser.get(formOf(place));
    expect(plain(again.text)).to.include(said('regrade.stands')).and.include(said('regrade.kind.lift'));
  });

  it('is confirmed only by somebody whose own result it does not change', async () => {
    const place = await ruledCourse();
    const own = await dina();
    await takeQuiz(await roundIn(place, own), MODULE, knowing(place, place.others[0]));
    const { path } = await preview(own.browser, place);
    expect(linksIn((await own.browser.get(path)).text, /application/)).to.deep.equal([]);
    const _csrf = csrfOf(await own.browser.get('/account'));
    expect((await own.browser.post(`${path}/application`, { _csrf })).status).to.equal(403);
    expect(
      await count(`item_rulings where course_slug = $1 and from_version = $2`, [
        place.courseSlug,
        place.version,
      ]),
    ).to.equal(0);
    expect((await send(admin.browser, `${path}/application`)).status).to.equal(200);
    await world().worker.drain();
  });

  it('tells who failed that something was corrected, but not what', async () => {
    const place = await ruledCourse();
    const learner = await signedIn();
    const { id } = await takeQuiz(await roundIn(place, learner), MODULE, knowing(place));
    const { path } = await preview(admin.browser, place);
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    const { text } = await learner.browser.get(`/attempts/${id}`);
    expect(plain(text)).to.match(noticeOf('void')).and.match(outcomeOf('points'));
    const secrets = [
      place.ruled.stem,
      ...place.ruled.options.flatMap(option => [option.text, option.feedback]),
    ];
    for (const secret of secrets) expect(plain(text)).to.not.include(secret);
  });

  it('accepts one more answer, given on the question’s own form', async () => {
    const place = await ruledCourse();
    const { attempt } = await failed(place);
    const other = otherOption(place.ruled);
    const { path, text } = await preview(admin.browser, place, { kind: 'accept', 's1-choice': other });
    expect(plain(text)).to.include(said('regrade.said.accept'));
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    expect(await count('attempts where id = $1 and passed', [attempt])).to.equal(1);
  });

  it('returns 409 and changes nothing when somebody has submitted meanwhile, and can be previewed again', async () => {
    const place = await ruledCourse();
    await failed(place);
    const { path } = await preview(admin.browser, place);
    const { attempt } = await failed(place);
    const refused = await send(admin.browser, `${path}/application`);
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include(said('regrade.stale.came', { count: 1 }));
    expect(await count('attempts where id = $1 and passed', [attempt])).to.equal(0);
    const fresh = await send(admin.browser, `${path}/preview`);
    expect(fresh.path).to.not.equal(path);
    expect(plain(fresh.text)).to.include(said('regrade.lookedAt', { count: 2 }));
    await send(admin.browser, `${fresh.path}/application`);
    await world().worker.drain();
    expect(await count('attempts where id = $1 and passed', [attempt])).to.equal(1);
  });

  it('can be retried at once, or ended without the attempts that cannot be changed, after it failed repeatedly', async () => {
    const place = await ruledCourse();
    const [odd, other] = [await failed(place), await failed(place)];
    const { path } = await preview(admin.browser, place);
    const meddle = (points: number) =>
      write('update attempts set points = points + $1 where id = $2', [points, odd.attempt]);
    await meddle(1);
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    expect((await send(admin.browser, `${path}/end`)).status, 'it is still at work').to.equal(409);
    const failsAgainAndAgain = () =>
      write(`update jobs set attempts = 5 where reaction = 'quizzes.regrade' and state = 'ready'`);
    await failsAgainAndAgain();
    const stopped = await admin.browser.get(path);
    expect(plain(stopped.text)).to.include(said('regrade.doneOf', { done: 1, count: 2 }));
    expect(stopped.text).to.include(`action="${path}/end"`);
    expect(await count('attempts where id = $1 and passed', [other.attempt])).to.equal(1);
    const again = await send(admin.browser, `${path}/continuation`);
    expect(again.status).to.equal(200);
    await world().worker.drain();
    expect(
      await count('attempts where id = $1 and passed', [odd.attempt]),
      'not as it was previewed',
    ).to.equal(0);
    await failsAgainAndAgain();
    const { text } = await send(admin.browser, `${path}/end`);
    expect(plain(text))
      .to.include(said('regrade.doneText', { count: 1 }))
      .and.include(said('regrade.left.title', { count: 1 }));
    await world().worker.drain();
    expect(await count(`jobs where reaction = 'quizzes.regrade' and state <> 'done'`)).to.equal(0);
    expect((await send(admin.browser, `${path}/end`)).status, 'twice is once').to.equal(200);

    await meddle(-1);
    const repeat = await preview(admin.browser, place);
    expect(plain(repeat.text)).to.include(`${said('regrade.tally.passed')} 1`);
    await send(admin.browser, `${repeat.path}/application`);
    await world().worker.drain();
    expect(await count('attempts where id = $1 and passed', [odd.attempt])).to.equal(1);
  });

  it('withdraws passes only when that is asked for with a reason', async () => {
    const place = await ruledCourse();
    const learner = await signedIn();
    const cycle = await roundIn(place, learner);
    const { id } = await takeQuiz(cycle, MODULE, knowing(place, place.ruled, place.others[0]));
    await world().worker.drain();
    const key = { kind: 'key', keyVersion: String(place.mended) };
    const kept = await preview(admin.browser, place, key);
    expect(plain(kept.text))
      .to.include(`${said('regrade.tally.kept')} 1`)
      .and.include(`${said('regrade.right', { right: 1, count: 3 })} ${said('regrade.change.kept')}`);
    const { path, text } = await preview(admin.browser, place, {
      ...key,
      withdraw: 'yes',
      withdrawalReason: 'The published key was unsafe',
    });
    expect(plain(text))
      .to.include(said('regrade.withdrawTitle'))
      .and.include(`${said('regrade.tally.suspend')} 1`);
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    const result = plain((await learner.browser.get(`/attempts/${id}`)).text);
    expect(result).to.match(outcomeOf('withdrawn'));
  });
});
