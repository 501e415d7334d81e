import { expect } from 'chai';
import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { cycleIn } from '../../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { linkMailedTo, mailsTo } from '../../../people/accounts/mails.js';
import { useUp, visitorFrom } from '../../../platform/http/security/limits.js';
import { dina, person } from '../../../support/people.js';
import { send } from '../../../support/pages.js';
import { row, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { enrolled } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

const COURSE = 'volunteers';
const PAGE = `/courses/${COURSE}/link`;

async function ask(
  email: string,
  browser: Client = world().visitor(),
  name = 'Zoë Lindqvist',
): Promise<Page> {
  await browser.get(PAGE);
  return browser.submit(PAGE, { name, email });
}

/** A browser that came by the newest link to an address. */
async function come(email: string): Promise<Client> {
  const browser = world().visitor();
  await browser.get(await linkMailedTo(email));
  await browser.submit('/course-link');
  return browser;
}

const newcomer = (): string => `zoe-${newId()}@example.org`;

const idOf = async (email: string) =>
  (await row<{ id: string }>('select id from users where email = $1', [email]))?.id ?? '';

describe('a link for one course', () => {
  ownWorld();

  it('opens the course on any device, without a password, and another goes on at the same place', async () => {
    const email = newcomer();
    expect((await ask(email)).path).to.equal(`${PAGE}/sent`);
    expect((await mailsTo(email)).map(({ subject }) => subject)).to.deep.equal([
      said('mail.subject.course-link'),
    ]);
    const browser = await come(email);
    expect(browser.last).to.include({ status: 200, path: `/courses/${COURSE}` });
    const begun = await browser.submit('/learning');
    const cycle = await cycleIn(await idOf(email), COURSE);
    expect(begun.path).to.equal(`/learning/${cycle?.id}`);
    await ask(email);
    const other = await come(email);
    expect(other.last?.path).to.equal(`/learning/${cycle?.id}`);
    expect(other.last?.text).to.include('data-shared');
    expect((await other.submit('/sign-out')).path).to.equal(PAGE);
  });

  it('opens nothing else: no account, no other course, no certificates, no role', async () => {
    const admin = await dina();
    const own = await enrolled(admin, COURSE);
    const other = await enrolled(admin, 'airline-and-transport');
    await ask(admin.email);
    const browser = await come(admin.email);
    expect(browser.last?.path).to.equal(`/learning/${own.id}`);
    for (const path of ['/account', '/certificates', '/admin', '/team', '/roles', `/learning/${other.id}`])
      expect((await browser.get(path)).path, path).to.match(/^\/sign-in/);
    for (const [path, fields] of [
      ['/account/name', { name: 'Mallory' }],
      ['/learning', { course: 'airline-and-transport' }],
      [`/learning/${other.id}/before`, {}],
    ] as const)
      expect((await send(browser, path, fields)).path, path).to.match(/^\/sign-in/);
    expect((await browser.get('/learning')).path).to.equal(`/learning/${own.id}`);
    expect((await browser.get('/concern')).status).to.equal(200);
    expect((await row<{ name: string }>('select name from users where id = $1', [admin.id]))?.name).to.equal(
      admin.name,
    );
  });

  it('works once, for a day, is replaced by the next, and only where everybody may take the course', async () => {
    const email = newcomer();
    await ask(email);
    const link = await linkMailedTo(email);
    await come(email);
    expect((await world().visitor().get(link)).status).to.equal(404);
    await ask(email);
    const second = await linkMailedTo(email);
    await ask(email);
    expect((await world().visitor().get(second)).status).to.equal(404);
    await write('update tokens set expires_at = 1');
    expect(
      (
        await world()
          .visitor()
          .get(await linkMailedTo(email))
      ).status,
    ).to.equal(404);
    // Nor does it sign in to the account.
    await ask(email);
    const token = (await linkMailedTo(email)).split('token=')[1] ?? '';
    expect((await world().visitor().get(`/arrival?token=${token}`)).status).to.equal(404);
    expect((await world().visitor().get('/courses/law-enforcement/link')).status).to.equal(404);
    expect((await world().visitor().get('/courses/nothing/link')).status).to.equal(404);
  });

  it('does not tell who has an account, changes nothing of theirs, and lets nobody in who is blocked', async () => {
    const known = await person();
    const [one, other] = [await ask(known.email), await ask(newcomer())];
    const steady = ({ text }: Page) => text.replace(/nonce="[^"]*"|value="[^"]*"/g, '');
    expect(steady(one)).to.equal(steady(other));
    const stored = await row<{ name: string; password_hash: string | null }>(
      'select name, password_hash from users where id = $1',
      [known.id],
    );
    expect(stored?.name).to.equal(known.name);
    expect(stored?.password_hash).not.to.equal(null);
    await write('update users set disabled_at = 1 where id = $1', [known.id]);
    expect((await come(known.email)).last?.status).to.equal(403);
  });

  it('is asked for with a name and an address, which are kept; and not without end', async () => {
    const page = await ask('zoe at example', world().visitor(), '');
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ name: said('errors.name'), email: said('errors.email') });
    expect(page.text).to.include('value="zoe at example"');
    const email = newcomer();
    for (let time = 0; time < accountLimits.signInLinkMail.points + 2; time += 1) await ask(email);
    expect(await mailsTo(email)).to.have.length(accountLimits.signInLinkMail.points);
    await useUp(accountLimits.signInLinkByAddress, '203.0.113.90');
    expect((await ask(newcomer(), visitorFrom('203.0.113.90'))).status).to.equal(429);
  });
});
