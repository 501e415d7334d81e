import { expect } from 'chai';
import { requestReset } from '../../../../server/people/accounts/sign-up/recovery.js';
import { requestConfirmation } from '../../../../server/people/accounts/sign-up/registration.js';
import { row, count, write } from '../../../support/rows.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { displayCode } from '../../../../server/platform/lib/ids.js';
import { linkMailedTo, mailsTo } from '../../../people/accounts/mails.js';
import { ada, cleo, dina, person, PASSWORD, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { enrolled, quizIn } from '../../../support/walk.js';
import { signedInHolder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

const STEPS = ['block', 'unblocking', 'appointment', 'dismissal'];
const home = ({ id }: { id: string }) => `/admin/people/${id}`;

/** Ask on the page of a step, and take it. */
async function take(
  { browser }: Person,
  step: string,
  whose: { id: string },
  fields: Record<string, string>,
) {
  await browser.get(`${home(whose)}/${step}`);
  return browser.submit(`${home(whose)}/${step}`, fields);
}

async function signIn(email: string, password = PASSWORD) {
  const browser = world().visitor();
  await browser.get('/sign-in');
  return browser.submit('/sign-in', { email, password });
}

/** The steps that a person's page offers. */
const offered = async ({ browser }: Person, whose: { id: string }) => {
  const { text } = await browser.get(home(whose));
  return STEPS.filter(step => text.includes(`href="${home(whose)}/${step}"`));
};

describe('blocking somebody', () => {
  ownWorld();
  it('asks for a reason, and keeps one that is too long', async () => {
    const [admin, somebody] = [await dina(), await person()];
    expect((await take(admin, 'block', somebody, { reason: '  ' })).status).to.equal(422);
    const long = `${'Long '.repeat(120)}end`;
    const page = await take(admin, 'block', somebody, { reason: long });
    expect(page.status).to.equal(422);
    expect(page.text).to.include(long);
    expect(await count('blocks where user_id = $1', [somebody.id])).to.equal(0);
  });

  it('ends all sessions, refuses sign-in, and is undone by unblocking', async () => {
    const [admin, somebody] = [await dina(), await ada()];
    const page = await take(admin, 'block', somebody, { reason: 'Shared the password' });
    expect([page.status, page.path]).to.deep.equal([200, `${home(somebody)}?done=block`]);
    expect(page.text).to.include('Shared the password');
    expect((await somebody.browser.get('/learning')).path).to.include('/sign-in');
    expect(await count('sessions where user_id = $1', [somebody.id])).to.equal(0);
    expect((await signIn(somebody.email)).status).to.equal(403);
    expect(await offered(admin, somebody)).to.deep.equal(['unblocking']);
    const after = await take(admin, 'unblocking', somebody, {});
    expect(after.path).to.equal(`${home(somebody)}?done=unblocking`);
    expect((await signIn(somebody.email)).path).to.equal('/learning');
  });

  it('is not revealed to anybody without the password', async () => {
    const [admin, blocked, other] = [await dina(), await person(), await person()];
    await take(admin, 'block', blocked, { reason: 'Why' });
    const pages = [
      await signIn(blocked.email, 'not the password at all'),
      await signIn(other.email, 'not the password at all'),
    ];
    const plain = (text: string) => text.replace(/nonce="[^"]*"|value="[^"]*"/g, '');
    expect(pages.map(({ status }) => status)).to.deep.equal([422, 422]);
    expect(plain(pages[0]?.text ?? '')).to.equal(plain(pages[1]?.text ?? 'none'));
  });

  it('leaves certificates valid and attempts open', async () => {
    const [admin, { certificate, holder }] = [await dina(), await signedInHolder()];
    const cycle = await enrolled(holder, 'volunteers');
    const attempt = await startAttempt(cycle, await quizIn(cycle), Date.now());
    await take(admin, 'block', holder, { reason: 'Why' });
    const verdict = await world()
      .visitor()
      .get(`/verify/${displayCode(certificate.code)}`, { accept: 'application/json' });
    expect(JSON.parse(verdict.text)).to.include({ verdict: 'valid' });
    expect(await count('attempts where id = $1 and submitted_at is null', [attempt.id])).to.equal(1);
  });

  it('ends mailed links: neither a new password nor a confirmed address lets the person in', async () => {
    const [admin, somebody] = [await dina(), await person()];
    const deps = { key: world().secrets.links, now: Date.now() };
    await requestReset(somebody.email, deps);
    const reset = await linkMailedTo(somebody.email);
    await take(admin, 'block', somebody, { reason: 'Why' });
    expect((await world().visitor().get(reset)).status).to.equal(404);
    const [, before] = [await requestReset(somebody.email, deps), (await mailsTo(somebody.email)).length];
    expect(before).to.equal(1);
    // One that is asked for afterwards confirms the address, and no more.
    await write('update users set email_confirmed_at = null where id = $1', [somebody.id]);
    await requestConfirmation(somebody.id, { ...deps, course: null, invitation: null });
    const browser = world().visitor();
    await browser.get(await linkMailedTo(somebody.email));
    expect((await browser.submit('/confirm', { password: PASSWORD })).status).to.equal(403);
    expect((await browser.get('/learning')).path).to.include('/sign-in');
  });

  it('is refused to others than administrators, and to administrators about themselves', async () => {
    const [admin, somebody, manager] = [await dina(), await person(), await signedIn()];
    await appoint(manager, 'manager');
    for (const step of STEPS) {
      for (const { browser } of [manager, await cleo()]) {
        const form = { _csrf: '', reason: 'Why', sure: 'yes' };
        expect((await browser.get(`${home(somebody)}/${step}`)).status, step).to.equal(404);
        expect((await browser.post(`${home(somebody)}/${step}`, form)).status, step).to.equal(403);
      }
    }
    expect(await offered(admin, admin)).to.deep.equal(['dismissal']);
    expect((await admin.browser.get(`${home(admin)}/block`)).status).to.equal(403);
    expect(await count('blocks where user_id in ($1, $2)', [somebody.id, admin.id])).to.equal(0);
  });

  it('returns 409 to a page that is behind', async () => {
    const [admin, somebody] = [await dina(), await person()];
    await admin.browser.get(`${home(somebody)}/block`);
    await take(await dina(), 'block', somebody, { reason: 'First' });
    expect((await admin.browser.submit(`${home(somebody)}/block`, { reason: 'Second' })).status).to.equal(
      409,
    );
  });
});

describe('making somebody an administrator', () => {
  ownWorld();
  it('asks first, takes effect at once, and mails the person', async () => {
    const [admin, somebody] = [await dina(), await ada()];
    expect((await take(admin, 'appointment', somebody, {})).status).to.equal(422);
    expect((await somebody.browser.get('/admin')).status).to.equal(404);
    const page = await take(admin, 'appointment', somebody, { sure: 'yes' });
    expect(page.path).to.equal(`${home(somebody)}?done=appointment`);
    expect((await somebody.browser.get('/admin')).status).to.equal(200);
    expect(await mailsTo(somebody.email)).to.have.length(1);
    expect(await row('select kind from mails where user_id = $1', [somebody.id])).to.deep.equal({
      kind: 'administrator-made',
    });
    expect(await offered(admin, somebody)).to.deep.equal(['block', 'dismissal']);
  });

  it('is not offered where the address is not confirmed', async () => {
    const [admin, somebody] = [await dina(), await person()];
    await write('update users set email_confirmed_at = null where id = $1', [somebody.id]);
    expect(await offered(admin, somebody)).to.deep.equal(['block']);
    expect((await admin.browser.get(`${home(somebody)}/appointment`)).status).to.equal(409);
  });
});

describe('ending the role of an administrator', () => {
  ownWorld();
  it('takes effect with the next request, and mails the person', async () => {
    const [admin, other] = [await dina(), await dina()];
    expect((await other.browser.get('/admin')).status).to.equal(200);
    expect((await take(admin, 'dismissal', other, {})).status).to.equal(422);
    const page = await take(admin, 'dismissal', other, { sure: 'yes' });
    expect(page.path).to.equal(`${home(other)}?done=dismissal`);
    expect((await other.browser.get('/admin')).status).to.equal(404);
    expect((await other.browser.get('/learning')).status).to.equal(200);
    await mailsTo(other.email);
    expect(await row('select kind from mails where user_id = $1', [other.id])).to.deep.equal({
      kind: 'administrator-ended',
    });
  });

  it('lets administrators leave, and leads them to their courses', async () => {
    const [admin] = [await dina(), await dina()];
    const page = await take(admin, 'dismissal', admin, { sure: 'yes' });
    expect([page.status, page.path]).to.deep.equal([200, '/learning?done=dismissal']);
    expect((await admin.browser.get('/admin')).status).to.equal(404);
  });
});
