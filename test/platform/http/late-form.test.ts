import { expect } from 'chai';
import { answerFor } from '../../../server/workshop/smoke/answers.js';
import { formOf, linksIn } from '../../../server/workshop/smoke/client.js';
import { ownContent } from '../../support/content/own-content.js';
import { PASSWORD } from '../../support/people.js';
import { send } from '../../support/pages.js';
import { count } from '../../support/rows.js';
import { ownWorld, world } from '../../support/world.js';
import { readyForQuiz } from '../../support/walk.js';

describe('a form whose session had ended', () => {
  ownWorld();

  it('comes back with all that was typed, and is sent after signing in', async () => {
    const { learner, start } = await readyForQuiz();
    await learner.browser.get(start);
    const question = await learner.browser.submit(`${start}/attempts`);
    const [action = ''] = linksIn(question.text, /^\/attempts\/[\w-]+\/answers\/\d+$/);
    const typed = answerFor(question, ownContent().content, false);
    const attempt = action.split('/')[2] ?? '';
    const answers = () => count('attempt_answers where attempt_id = $1', [attempt]);
    const sent = { ...formOf(question.text, action)?.hidden, ...typed };
    await send(learner.browser, '/sign-out');
    const late = await learner.browser.post(action, sent);
    expect(late.status).to.equal(403);
    const kept = formOf(late.text, action)?.sent ?? {};
    for (const [name, value] of Object.entries(typed)) expect(kept[name], name).to.deep.equal([value].flat());
    await learner.browser.get('/sign-in');
    await learner.browser.submit('/sign-in', { email: learner.email, password: PASSWORD });
    const again = await learner.browser.post(action, kept);
    expect(again.status, 'its token is of before').to.equal(403);
    expect(await answers()).to.equal(0);
    expect((await learner.browser.submit(action)).status).to.equal(200);
    expect(await answers()).to.equal(1);
  });

  it('comes back nowhere where a password is typed', async () => {
    const page = await world().visitor().post('/sign-in', { email: 'a@example.org', password: PASSWORD });
    expect(page.status).to.equal(403);
    expect(page.text).not.to.include(PASSWORD);
    const other = await send(world().visitor(), '/account/password', { password: PASSWORD });
    expect(other.text).not.to.include(PASSWORD);
    const secrets = ['proof', 'passkey', 'secret', 'password', 'pin'].map(name => [name, PASSWORD] as const);
    const proven = { name: 'Night shift', ...Object.fromEntries(secrets) };
    const form = await send(world().visitor(), '/admin/jobs/none', { ...proven, _csrf: 'of before' });
    expect(formOf(form.text, '/admin/jobs/none')?.hidden).to.include({ name: 'Night shift' });
    expect(form.text).not.to.include(PASSWORD);
  });
});
