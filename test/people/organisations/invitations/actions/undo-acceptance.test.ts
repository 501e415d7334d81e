import { expect } from 'chai';
import { newId } from '../../../../../server/platform/lib/ids.js';
import { enrol } from '../../../../../server/teaching/learning/enrolments.js';
import { linkMailedTo, mailsTo } from '../../../accounts/mails.js';
import { employer, member } from '../../../../support/organisations.js';
import { cleo, dina, signedIn, type Person } from '../../../../support/people.js';
import { send } from '../../../../support/pages.js';
import { appoint } from '../../../../support/roles.js';
import { count, row, rows, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { course } from '../../../../support/walk.js';

/** Somebody of an organisation whose place an account was joined to by an invitation from their own page. */
async function joined() {
  const [by, organisation] = [await dina(), await employer()];
  const [id, email] = [await member(organisation, { name: 'Zoë Lindqvist' }), `${newId()}@example.org`];
  await write('update membership_people set email = $1 where membership_id = $2', [email, id]);
  const page = `/organisations/${organisation.id}/people/${id}`;
  await by.browser.get(page);
  await by.browser.submit(`/organisations/${organisation.id}/invitations`);
  const account = await signedIn();
  await accept(account, email);
  return { by, organisation, id, email, page, account };
}

const accept = async ({ browser }: Person, email: string) => {
  await browser.get(await linkMailedTo(email));
  return browser.submit('/invitation', { isMine: 'yes' });
};

const accountOf = async (id: string) =>
  (await row<{ account: string | null }>('select user_id as account from memberships where id = $1', [id]))
    ?.account;

describe('an accepted invitation that is undone', () => {
  ownWorld();

  it('leaves the person without an account, ends their roles here, and tells whoever holds the account', async () => {
    const { by, organisation, id, page, account } = await joined();
    await appoint(account, 'manager', organisation.id);
    expect((await account.browser.get(page)).status).to.equal(200);
    await by.browser.get(`${page}/account`);
    expect((await by.browser.submit(`${page}/account`, { sure: 'yes' })).path).to.equal(
      `${page}?done=invitation-undone`,
    );
    expect(await accountOf(id)).to.equal(null);
    expect((await account.browser.get(page)).status).to.equal(404);
    const subjects = (await mailsTo(account.email)).map(({ subject }) => subject);
    expect(subjects).to.include(said('mail.subject.invitation-undone'));
    const told = await rows<{ name: string }>(
      `select name from events where organisation_id = $1 and name like 'invitation.%' order by seq`,
      [organisation.id],
    );
    expect(told.map(({ name }) => name)).to.deep.equal([
      'invitation.made',
      'invitation.accepted',
      'invitation.undone',
    ]);
    // Twice is once.
    expect((await send(by.browser, `${page}/account`, { sure: 'yes' })).status).to.equal(404);
  });

  it('takes nothing of what was learned: it is there again after another acceptance', async () => {
    const { by, organisation, id, email, page, account } = await joined();
    await enrol({
      userId: account.id,
      organisationId: organisation.id,
      course: await course(),
      now: Date.now(),
    });
    const learned = () =>
      count('cycles where user_id = $1 and organisation_id = $2', [account.id, organisation.id]);
    const title = (await course()).snapshot.title;
    expect((await by.browser.get(page)).text).to.include(title);
    await send(by.browser, `${page}/account`, { sure: 'yes' });
    expect(await learned()).to.equal(1);
    expect((await by.browser.get(page)).text).to.not.include(title);
    expect((await account.browser.get('/learning')).text).to.include(title);
    await by.browser.submit(`/organisations/${organisation.id}/invitations`);
    await accept(account, email);
    expect(await accountOf(id)).to.equal(account.id);
    expect((await by.browser.get(page)).text).to.include(title);
  });

  it('is asked for first, and is no matter of managers, outsiders or the person', async () => {
    const { by, organisation, id, page, account } = await joined();
    const unsure = await send(by.browser, `${page}/account`);
    expect(unsure.status).to.equal(422);
    expect(errorsOn(unsure)).to.deep.equal({ sure: said('errors.sure') });
    const [manager, outsider] = [await signedIn(), await cleo()];
    await appoint(manager, 'manager', organisation.id);
    await appoint(account, 'administrator', organisation.id);
    for (const [{ browser }, status] of [
      [manager, 403],
      [outsider, 404],
      [account, 403],
    ] as const)
      expect((await send(browser, `${page}/account`, { sure: 'yes' })).status).to.equal(status);
    expect((await world().visitor().get(`${page}/account`)).path).to.match(/^\/sign-in/);
    expect(await accountOf(id)).to.equal(account.id);
  });

  it('is not offered to somebody who never accepted one', async () => {
    const [by, organisation] = [await dina(), await employer()];
    const id = await member(organisation, {});
    expect((await by.browser.get(`/organisations/${organisation.id}/people/${id}/account`)).status).to.equal(
      404,
    );
  });
});
