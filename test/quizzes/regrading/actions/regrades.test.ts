import { expect } from 'chai';
import type { Client, Page } from '../../../../server/smoke/client.js';
import { linksIn } from '../../../../server/smoke/client.js';
import { analysedBank } from '../../../../server/quizzes/item-analysis/figures/analysed-bank.js';
import { csrfOf } from '../../../accounts/browser.js';
import { ada, dina, signedIn, type Person } from '../../../support/people.js';
import { keep, madeUpAttempt } from '../../../support/quizzes/made-up-attempts.js';
import {
  knowing,
  otherOption,
  roundIn,
  ruledCourse,
  type RuledCourse,
} from '../../../support/quizzes/ruled-course.js';
import { count, course, MODULE, plain, send, takeQuiz, write } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

const formOf = ({ courseSlug, version, ruled }: RuledCourse) =>
  `/admin/rulings/${courseSlug}/${version}/${MODULE}/${ruled.id}`;

const fields = ({ version }: RuledCourse, changes: Record<string, string> = {}) => ({
  kind: 'void',
  fromVersion: String(version),
  toVersion: String(version),
  reason: 'Two answers are right',
  ...changes,
});

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

  it('begins at its statistics, and shows what the newest version says beside what this one said', async () => {
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
    expect(words).to.include(place.ruled.stem).and.include(`Version ${place.version}`);
    expect(page.text).to.include(`name="fromVersion" type="text" value="${place.version}"`);
    expect(page.text).to.include(`<option value="${place.mended}">`);
    expect(page.text).to.include('name="s1-choice"').and.not.include('value="lift"');
  });

  it('finds a question by its id, where few or nobody answered it', async () => {
    const { snapshot, slug, number } = await course();
    const item = snapshot.modules[0]?.quiz.items[0]?.id ?? '';
    const { text } = await admin.browser.get(`/admin/rulings?query=${item}`);
    expect(text).to.include(`href="/admin/rulings/${slug}/${number}/${snapshot.modules[0]?.slug}/${item}"`);
    const none = plain((await admin.browser.get('/admin/rulings?query=%22nothing')).text);
    expect(none).to.include('No course asks a question with this id now');
  });

  it('is not there for learners, nor for what is no question', async () => {
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
      [{ kind: '' }, 'Choose what you rule'],
      [{ reason: '  ' }, 'Say why. The reason goes on record.'],
      [{ reason: 'x'.repeat(501) }, 'Use at most 500 characters'],
      [{ kind: 'key' }, 'Choose the later version to grade with'],
      [
        { kind: 'key', keyVersion: String(place.version) },
        'Choose a later version that asks for the same answers',
      ],
      [{ kind: 'accept' }, 'Give the whole answer that is right as well'],
      [{ kind: 'accept', 's1-choice': place.ruled.key[0] ?? '' }, 'This answer is right already'],
      [{ kind: 'lift' }, 'No ruling holds for this question now'],
      [{ fromVersion: 'one' }, 'Enter the first and the last course version as numbers'],
      [{ toVersion: String(place.mended) }, 'The question reads otherwise in one of these versions'],
      [{ withdraw: 'yes' }, 'Say why passes are withdrawn'],
    ];
    for (const [changes, message] of wrong) {
      const page = await preview(admin.browser, place, { reason: 'Kept as typed', ...changes });
      expect(page.status, message).to.equal(422);
      expect(plain(page.text), message).to.include(message);
      if (!('reason' in changes)) expect(page.text, message).to.include('Kept as typed</textarea>');
    }
    expect(await count('regrades')).to.equal(drafts);
  });

  it('is previewed, put into force, told of and logged', async () => {
    const place = await ruledCourse();
    const { learner, attempt } = await failed(place);
    const page = await preview(admin.browser, place);
    expect(page.path).to.match(/^\/admin\/regrades\//);
    const words = plain(page.text);
    expect(words).to.include('1 result was looked at').and.include('Noor Vale');
    expect(words).to.include('Passes now, did not before 1').and.include('Certificates to be issued 1');
    expect(words).to.include('1 of 3 right').and.include('2 of 3 right');
    const file = await admin.browser.get(`${page.path}/changes.csv`);
    expect(file.headers.get('content-type')).to.include('text/csv');
    expect(file.text.trim().split('\r\n')).to.have.length(2);
    expect(file.text).to.include('Noor Vale').and.include(',passed,issue,1,2,100,200,300');
    expect(plain((await learner.browser.get(`/attempts/${attempt}`)).text)).to.not.include('correction');

    await send(admin.browser, `${page.path}/application`);
    await world().worker.drain();
    const done = plain((await admin.browser.get(page.path)).text);
    expect(done).to.include('The ruling is in force').and.include('1 result was changed');
    expect(done).to.include('What has changed').and.include('Certificates issued 1');
    expect(done).to.include('Results that were changed').and.not.include('to be issued');
    expect(plain((await admin.browser.get('/admin/rulings')).text)).to.include('Two answers are right');
    const result = plain((await learner.browser.get(`/attempts/${attempt}`)).text);
    expect(result).to.include('A question was taken out of the scoring on');
    expect(result).to.include('you have passed').and.include('You have its full points');
    const again = await admin.browser.get(formOf(place));
    expect(plain(again.text)).to.include('Holds now').and.include('Take back the ruling that holds now');
  });

  it('is put into force by somebody whose own result it does not change', async () => {
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

  it('says on a fail that something was corrected, and not what', async () => {
    const place = await ruledCourse();
    const learner = await signedIn();
    const { id } = await takeQuiz(await roundIn(place, learner), MODULE, knowing(place));
    const { path } = await preview(admin.browser, place);
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    const { text } = await learner.browser.get(`/attempts/${id}`);
    expect(plain(text))
      .to.include('A question was taken out of the scoring on')
      .and.include('did not change');
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
    expect(plain(text)).to.include('One more answer is right');
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    expect(await count('attempts where id = $1 and passed', [attempt])).to.equal(1);
  });

  it('says 409 when somebody handed in meanwhile, changes nothing, and can be looked at again', async () => {
    const place = await ruledCourse();
    await failed(place);
    const { path } = await preview(admin.browser, place);
    const { attempt } = await failed(place);
    const refused = await send(admin.browser, `${path}/application`);
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include('1 quiz was handed in since this preview');
    expect(await count('attempts where id = $1 and passed', [attempt])).to.equal(0);
    const fresh = await send(admin.browser, `${path}/preview`);
    expect(fresh.path).to.not.equal(path);
    expect(plain(fresh.text)).to.include('2 results were looked at');
    await send(admin.browser, `${fresh.path}/application`);
    await world().worker.drain();
    expect(await count('attempts where id = $1 and passed', [attempt])).to.equal(1);
  });

  it('that fails again and again can be tried at once, or ended without what cannot be changed', async () => {
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
    expect(plain(stopped.text)).to.include('1 of 2 results are done');
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
    expect(plain(text)).to.include('1 result was changed').and.include('1 result was left as it is');
    await world().worker.drain();
    expect(await count(`jobs where reaction = 'quizzes.regrade' and state <> 'done'`)).to.equal(0);
    expect((await send(admin.browser, `${path}/end`)).status, 'twice is once').to.equal(200);

    await meddle(-1);
    const repeat = await preview(admin.browser, place);
    expect(plain(repeat.text)).to.include('Passes now, did not before 1');
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
      .to.include('Keeps the pass, would fail now 1')
      .and.include('right Keeps the pass');
    const { path, text } = await preview(admin.browser, place, {
      ...key,
      withdraw: 'yes',
      withdrawalReason: 'The published key was unsafe',
    });
    expect(plain(text)).to.include('Passes are withdrawn').and.include('Certificates to be suspended 1');
    await send(admin.browser, `${path}/application`);
    await world().worker.drain();
    const result = plain((await learner.browser.get(`/attempts/${id}`)).text);
    expect(result).to.include('it is not a pass any more. You can take the quiz again.');
  });
});
