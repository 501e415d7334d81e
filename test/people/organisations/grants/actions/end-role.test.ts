import { expect } from 'chai';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { mailsTo } from '../../../accounts/mails.js';
import { inBoxes } from '../../../../support/dates.js';
import { unitIn } from '../../../../support/organisations.js';
import { plain, send } from '../../../../support/pages.js';
import { dina, person, signedIn, type Person } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { inDays, RoleOffice, TODAY } from './role-office.js';

describe('a role in an organisation', () => {
  ownWorld();
  const office = new RoleOffice();
  beforeEach(() => office.open());

  describe('is ended, which', () => {
    it('counts at once, is an event, and mails the person; a page that is behind gets 409', async () => {
      const mina = await office.colleague();
      await office.give(mina);
      const page = await office.roleIn('end');
      await office.otto.browser.get(page);
      expect((await office.otto.browser.submit(page, {})).path).to.equal(`${office.home}?done=role-ended`);
      expect((await mina.browser.get('/team')).status).to.equal(404);
      expect((await office.events()).map(({ name }) => name)).to.deep.equal(['grant.made', 'grant.ended']);
      expect(await mailsTo(mina.email)).to.have.length(2);
      expect((await office.otto.browser.get(page)).status).to.equal(409);
      expect((await send(office.otto.browser, page)).status).to.equal(409);
    });

    it('may have a last day, which can be moved forward but never back', async () => {
      const mina = await office.colleague();
      await office.give(mina);
      const page = await office.roleIn('end');
      for (const [day, until] of [
        [inDays(5), inDays(6)],
        [inDays(3), inDays(4)],
      ] as const) {
        await office.otto.browser.get(page);
        await office.otto.browser.submit(page, inBoxes('last', day));
        expect((await office.rolesOf(mina))[0]?.untilDay).to.equal(until);
      }
      await office.otto.browser.get(page);
      const refused = await office.otto.browser.submit(page, inBoxes('last', inDays(9)));
      expect(errorsOn(refused)).to.deep.equal({
        last: said('errors.roleNotLater'),
      });
      expect((await mina.browser.get('/team')).status).to.equal(200);
    });

    it('is open to whoever holds it, the last organisation administrator included', async () => {
      const own = linksIn((await office.otto.browser.get('/roles')).text, /\/end$/)[0] ?? '';
      await office.otto.browser.get(own);
      expect((await office.otto.browser.submit(own, {})).path).to.equal('/roles?done=role-ended');
      expect((await office.otto.browser.get(office.home)).status).to.equal(404);
      expect((await (await dina()).browser.get(office.home)).status).to.equal(200);
    });
  });

  describe('is handed over, which', () => {
    async function handOver(page: string, to: Person, fields = {}) {
      await office.otto.browser.get(page);
      return office.otto.browser.submit(page, { email: to.email, ...fields });
    }

    it('ends one and begins the other in one act', async () => {
      const [mina, noor] = [await office.colleague(), await office.colleague('Noor Haddad')];
      const unit = await unitIn(office.organisation);
      await office.give(mina, { unit, ...inBoxes('last', inDays(9)) });
      const page = await handOver(await office.roleIn('handover'), noor);
      expect(page.path).to.equal(`${office.home}?done=role-handed-over`);
      expect((await mina.browser.get('/team')).status).to.equal(404);
      expect((await noor.browser.get('/team')).status).to.equal(200);
      const [successor] = await office.rolesOf(noor);
      expect(successor).to.include({
        unitId: unit,
        fromDay: TODAY,
        untilDay: inDays(10),
      });
      for (const { email } of [mina, noor]) expect((await mailsTo(email)).length).to.be.greaterThan(0);
    });

    it('may begin on a later day, until which nothing changes', async () => {
      const [mina, noor] = [await office.colleague(), await office.colleague('Noor Haddad')];
      await office.give(mina);
      await handOver(await office.roleIn('handover'), noor, inBoxes('from', inDays(7)));
      expect((await office.rolesOf(mina))[0]?.untilDay).to.equal(inDays(7));
      expect((await office.rolesOf(noor))[0]?.fromDay).to.equal(inDays(7));
      expect((await mina.browser.get('/team')).status).to.equal(200);
      expect((await noor.browser.get('/team')).status).to.equal(404);
    });

    it('changes nothing where the successor has the role, is unknown, or would come after its end', async () => {
      const [mina, noor] = [await office.colleague(), await office.colleague('Noor Haddad')];
      await office.give(mina, inBoxes('last', inDays(5)));
      const page = await office.roleIn('handover');
      expect(errorsOn(await handOver(page, mina))).to.deep.equal({
        email: said('errors.roleHeld'),
      });
      expect(errorsOn(await handOver(page, await person()))).to.deep.equal({
        email: said('errors.roleNobody'),
      });
      expect(errorsOn(await handOver(page, office.otto))).to.deep.equal({
        email: said('errors.roleOwn'),
      });
      const late = await handOver(page, noor, inBoxes('from', inDays(6)));
      expect(errorsOn(late)).to.deep.equal({
        from: said('errors.roleNotLater'),
      });
      expect(await office.rolesOf(noor)).to.deep.equal([]);
      expect((await office.rolesOf(mina))[0]?.untilDay).to.equal(inDays(6));
    });
  });

  it('is hidden from everybody who does not administer the organisation', async () => {
    const [mina, ben] = [await office.colleague(), await office.colleague('Ben Okafor')];
    await office.give(mina);
    const [end, handover] = [await office.roleIn('end'), await office.roleIn('handover')];
    await appoint(ben, 'manager', office.organisation);
    const elsewhere = await signedIn();
    await appoint(elsewhere, 'administrator', await otherOrganisation());
    for (const { browser } of [ben, elsewhere, await signedIn()]) {
      for (const page of [office.home, `${office.home}/appointment`]) {
        expect((await browser.get(page)).status, page).to.equal(404);
        expect((await send(browser, page)).status, page).to.equal(404);
      }
    }
    for (const page of [end, handover]) {
      expect((await elsewhere.browser.get(page)).status, page).to.equal(404);
      expect((await ben.browser.get(page)).status, page).to.equal(403);
      expect((await send(elsewhere.browser, page)).status, page).to.equal(404);
    }
    expect((await mina.browser.get(handover)).status).to.equal(404);
    expect(
      (await office.otto.browser.get(end.replace(office.organisation, await otherOrganisation()))).status,
    ).to.equal(404);
    expect((await world().visitor().get(office.home)).path).to.match(/^\/sign-in/);
    expect(plain((await elsewhere.browser.get('/roles')).text)).to.include(said('roles.own'));
  });
});
