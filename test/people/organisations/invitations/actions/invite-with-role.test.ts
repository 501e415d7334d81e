import { expect } from 'chai';
import { newId } from '../../../../../server/platform/lib/ids.js';
import { linkMailedTo, mailsTo } from '../../../accounts/mails.js';
import { codeOf } from '../../joining/of-codes.js';
import { memberOf, unitIn } from '../../../../support/organisations.js';
import { plain, send } from '../../../../support/pages.js';
import { PASSWORD, signedIn, type Person } from '../../../../support/people.js';
import { appoint, dismiss, otherOrganisation } from '../../../../support/roles.js';
import { count, row, write } from '../../../../support/rows.js';
import { errorsOn } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';

const ROLE = { role: 'manager', unit: '' };
const homeOf = (organisation: string) => `/organisations/${organisation}/invitations`;
const anyone = () => `zoe-${newId()}@example.org`;

async function administered() {
  const [organisation, administrator] = [await otherOrganisation(), await signedIn()];
  await appoint(administrator, 'administrator', organisation);
  return { organisation, administrator };
}

async function invite({ browser }: Person, organisation: string, fields: Record<string, string>) {
  await browser.get(`${homeOf(organisation)}/new`);
  return browser.submit(`${homeOf(organisation)}/new`, { name: 'Zoë Lind', ...ROLE, ...fields });
}

/** Accepts the newest invitation to an address as somebody new. */
async function accept(email: string) {
  const browser = world().visitor();
  await browser.get(await linkMailedTo(email));
  await browser.submit('/invitation/account', { name: 'Zoë Lind', password: PASSWORD });
  return browser;
}

const roleOf = (organisation: string, email: string) =>
  row<{
    role: string;
    unit: string | null;
    from: string;
    until: string | null;
    ended: number | null;
    by: string;
  }>(
    `select g.role, g.unit_id as unit, g.from_day as "from", g.until_day as until, g.ended_at as ended, g.granted_by as by
     from role_grants g join users u on u.id = g.user_id where g.organisation_id = $1 and u.email = $2`,
    [organisation, email],
  );

describe('an invitation with a role', () => {
  ownWorld();

  it('says the role in the mail and on its page, and gives it when it is accepted', async () => {
    const { organisation, administrator } = await administered();
    const [unit, email] = [await unitIn(organisation), anyone()];
    const last = { 'last-day': '31', 'last-month': '12', 'last-year': '2999' };
    const page = await invite(administrator, organisation, { email, unit, ...last });
    expect([page.status, page.path]).to.deep.equal([200, `${homeOf(organisation)}?done=invitation-made`]);
    expect(page.text).to.include('data-role');
    const name = (await row<{ name: string }>('select name from units where id = $1', [unit]))?.name ?? '';
    expect((await mailsTo(email)).map(({ text }) => text).join()).to.include(name);
    const visitor = await world()
      .visitor()
      .get(await linkMailedTo(email));
    expect(plain(visitor.text)).to.include(name);
    expect(await count('role_grants where organisation_id = $1', [organisation])).to.equal(1);
    const browser = await accept(email);
    const today = new Date().toISOString().slice(0, 10);
    expect(await roleOf(organisation, email)).to.deep.equal({
      ...{ role: 'manager', unit, from: today, until: '3000-01-01', ended: null, by: administrator.id },
    });
    expect((await browser.get(`/organisations/${organisation}/people`)).status).to.equal(200);
  });

  it('ends the role when it is undone', async () => {
    const { organisation, administrator } = await administered();
    const email = anyone();
    await invite(administrator, organisation, { email });
    await accept(email);
    const id = (
      await row<{ id: string }>('select membership_id as id from membership_people where email = $1', [email])
    )?.id;
    const account = `/organisations/${organisation}/people/${id}/account`;
    await administrator.browser.get(account);
    await administrator.browser.submit(account, { sure: 'yes' });
    expect((await roleOf(organisation, email))?.ended).to.be.a('number');
  });

  it('gives none to whoever sent it, nor in the name of somebody who may give none any more', async () => {
    const { organisation, administrator } = await administered();
    const [own, other] = [anyone(), anyone()];
    await invite(administrator, organisation, { email: own, role: 'administrator' });
    const link = await linkMailedTo(own);
    await write('update memberships set user_id = null where user_id = $1 and organisation_id = $2', [
      administrator.id,
      organisation,
    ]);
    await administrator.browser.get(link);
    await administrator.browser.submit('/invitation', { isMine: 'yes' });
    expect(
      await count('role_grants where user_id = $1 and organisation_id = $2', [
        administrator.id,
        organisation,
      ]),
    ).to.equal(1);
    await invite(administrator, organisation, { email: other });
    await dismiss(administrator);
    await accept(other);
    expect(await roleOf(organisation, other)).to.equal(null);
  });

  it('keeps its role in another link, and when its reader joins by a code instead', async () => {
    const { organisation, administrator } = await administered();
    const [email, joiner] = [anyone(), await signedIn()];
    await invite(administrator, organisation, { email });
    const id = (
      await row<{ id: string }>('select membership_id as id from membership_people where email = $1', [email])
    )?.id;
    await send(administrator.browser, homeOf(organisation), { membership: id ?? '' });
    await accept(email);
    expect((await roleOf(organisation, email))?.role).to.equal('manager');
    await invite(administrator, organisation, { email: joiner.email });
    const code = await codeOf(organisation);
    await joiner.browser.get(`/join/${code}`);
    await joiner.browser.submit(`/join/${code}/membership`);
    expect((await roleOf(organisation, joiner.email))?.role).to.equal('manager');
  });

  it('is not sent to a member, with a wrong form, or by anybody else', async () => {
    const { organisation, administrator } = await administered();
    const member = await signedIn();
    const membership = await memberOf(member, organisation);
    await write(
      `insert into membership_people (membership_id, organisation_id, name, email) values ($1, $2, 'Ada', $3)`,
      [membership, organisation, member.email],
    );
    const again = await invite(administrator, organisation, { email: member.email });
    expect([again.status, Object.keys(errorsOn(again))]).to.deep.equal([422, ['email']]);
    const wrong = await invite(administrator, organisation, {
      email: 'x',
      name: '',
      role: 'auditor',
      unit: 'y',
    });
    expect(Object.keys(errorsOn(wrong)).sort()).to.deep.equal(['email', 'name', 'role', 'unit']);
    const whole = await invite(administrator, organisation, {
      ...{ email: anyone(), role: 'administrator' },
      unit: await unitIn(organisation),
    });
    expect(Object.keys(errorsOn(whole))).to.deep.equal(['unit']);
    expect(await count('invitations where organisation_id = $1', [organisation])).to.equal(0);
    await appoint(member, 'manager', organisation);
    expect((await member.browser.get(`${homeOf(organisation)}/new`)).status).to.equal(404);
  });

  it('brings no role where none is chosen', async () => {
    const { organisation, administrator } = await administered();
    const email = anyone();
    await invite(administrator, organisation, { email, role: 'none' });
    await accept(email);
    expect(await roleOf(organisation, email)).to.equal(null);
  });
});
