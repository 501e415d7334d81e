import { expect } from 'chai';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { mailsTo } from '../../../accounts/mails.js';
import { inBoxes } from '../../../../support/dates.js';
import { unitIn } from '../../../../support/organisations.js';
import { plain } from '../../../../support/pages.js';
import { dina, person, signedIn } from '../../../../support/people.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld } from '../../../../support/world.js';
import { inDays, RoleOffice, TODAY } from './role-office.js';

describe('giving a role in an organisation', () => {
  ownWorld();
  const office = new RoleOffice();
  beforeEach(() => office.open());

  it('counts at once, is an event without names, and mails the person', async () => {
    const mina = await office.colleague();
    expect((await mina.browser.get('/team')).status).to.equal(404);
    expect((await office.give(mina)).path).to.equal(`${office.home}?done=role-given`);
    expect((await mina.browser.get('/team')).status).to.equal(200);
    expect(await office.rolesOf(mina)).to.have.length(1);
    const [made] = await office.events();
    expect(made).to.deep.include({
      name: 'grant.made',
      userId: mina.id,
      role: 'manager',
      unitId: null,
    });
    expect(made).to.deep.include({ fromDay: TODAY, untilDay: null });
    expect(await mailsTo(mina.email)).to.have.length(1);
    expect(plain((await office.otto.browser.get(office.home)).text)).to.include('Mina Sato');
    expect(plain((await mina.browser.get('/roles')).text)).to.include('Northern Air');
    expect(linksIn((await mina.browser.get('/account')).text, /^\/roles$/)).to.have.length(1);
  });

  it('may be for a unit, and from a day to a day', async () => {
    const [mina, unit] = [await office.colleague(), await unitIn(office.organisation)];
    const days = {
      ...inBoxes('from', inDays(3)),
      ...inBoxes('last', inDays(5)),
    };
    await office.give(mina, { unit, ...days });
    expect(await office.rolesOf(mina)).to.deep.include({
      ...{
        role: 'manager',
        unitId: unit,
        fromDay: inDays(3),
        untilDay: inDays(6),
      },
      isOpen: (await office.rolesOf(mina))[0]?.isOpen ?? true,
    });
    expect((await mina.browser.get('/team')).status).to.equal(404);
  });

  it('may follow one that ends, but not overlap with it', async () => {
    const mina = await office.colleague();
    await office.give(mina, inBoxes('last', inDays(5)));
    expect(errorsOn(await office.give(mina, inBoxes('from', inDays(5))))).to.deep.equal({
      email: said('errors.roleHeld'),
    });
    expect(errorsOn(await office.give(mina))).to.deep.equal({
      email: said('errors.roleHeld'),
    });
    await office.give(mina, inBoxes('from', inDays(6)));
    expect(await office.rolesOf(mina)).to.have.length(2);
  });

  it('asks again, with what was typed, where something is missing or wrong', async () => {
    const mina = await office.colleague();
    const unit = await unitIn(office.organisation);
    const cases: [Record<string, string>, Record<string, string>][] = [
      [{ email: '' }, { email: said('errors.email') }],
      [{ role: '' }, { role: said('errors.roleChoice') }],
      [{ unit: await unitIn(await otherOrganisation()) }, { unit: said('errors.roleUnit') }],
      [{ unit, role: 'administrator' }, { unit: said('errors.roleWhole') }],
      [{ role: 'auditor' }, { role: said('errors.roleChoice') }],
      [inBoxes('from', inDays(-1)), { from: said('errors.roleFrom') }],
      [inBoxes('from', '2027-02-30'), { from: said('errors.roleFrom') }],
      [inBoxes('last', inDays(-1)), { last: said('errors.roleLast') }],
      [{ ...inBoxes('from', inDays(4)), ...inBoxes('last', inDays(3)) }, { last: said('errors.roleLast') }],
    ];
    for (const [fields, errors] of cases) {
      const page = await office.give(mina, fields);
      expect([page.status, errorsOn(page)], JSON.stringify(fields)).to.deep.equal([422, errors]);
      if (fields['email'] !== '') expect(page.text).to.include(`value="${mina.email}"`);
    }
    expect(await office.rolesOf(mina)).to.deep.equal([]);
  });

  it('says the same of somebody elsewhere, of somebody who left and of nobody', async () => {
    const [stranger, gone] = [await person(), await office.colleague()];
    await write(`update memberships set employment = 'left' where user_id = $1`, [gone.id]);
    const nobody = { ...stranger, email: 'nobody@example.org' };
    for (const somebody of [stranger, gone, nobody])
      expect(errorsOn(await office.give(somebody))).to.deep.equal({
        email: said('errors.roleNobody'),
      });
  });

  it('is for anybody with an account where an administrator of the installation gives it', async () => {
    const [admin, first] = [await dina(), await signedIn()];
    await office.give(first, { role: 'administrator' }, admin);
    expect((await first.browser.get(office.home)).status).to.equal(200);
  });

  it('is never for oneself, whoever one is', async () => {
    for (const by of [office.otto, await dina()])
      expect(errorsOn(await office.give(by, {}, by))).to.deep.equal({
        email: said('errors.roleOwn'),
      });
  });

  it('waits for a confirmed address', async () => {
    const mina = await office.colleague();
    await write('update users set email_confirmed_at = null where id = $1', [mina.id]);
    expect(errorsOn(await office.give(mina))).to.deep.equal({
      email: said('errors.roleUnready'),
    });
  });
});
