import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/lib/days.js';
import { linksIn } from '../../../../server/smoke/client.js';
import { mailsTo } from '../../../accounts/mails.js';
import { inBoxes, noonZone } from '../../../support/dates.js';
import { dina, person, signedIn, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { memberOf, unitIn } from '../../../support/places.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { row, rows, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const ZONE = noonZone();
const TODAY = dayOf(Date.now(), ZONE);
const inDays = (count: number) => daysAfter(TODAY, count);

interface Stored {
  role: string;
  unitId: string | null;
  fromDay: string;
  untilDay: string | null;
  isOpen: number | boolean;
}

const rolesOf = ({ id }: Person, organisation: string) =>
  rows<Stored>(
    `select role, unit_id as "unitId", from_day as "fromDay", until_day as "untilDay", ended_at is null as "isOpen"
     from role_grants where user_id = $1 and organisation_id = $2 order by from_day`,
    [id, organisation],
  );

const eventsIn = async (organisation: string) =>
  (
    await rows<{ name: string; payload: string }>(
      `select name, payload from events where organisation_id = $1 and name like 'grant.%' order by seq`,
      [organisation],
    )
  ).map(({ name, payload }) => ({ name, ...(JSON.parse(payload) as object) }));

describe('roles in an organisation', () => {
  ownWorld();
  let organisation: string;
  let otto: Person;
  let home: string;

  beforeEach(async () => {
    organisation = await otherOrganisation();
    await write('update organisations set time_zone = $1 where id = $2', [ZONE, organisation]);
    home = `/organisations/${organisation}/roles`;
    otto = await signedIn({ name: 'Otto Lind' });
    await memberOf(otto, organisation);
    await appoint(otto, 'administrator', organisation);
  });

  async function colleague(name = 'Mina Sato'): Promise<Person> {
    const somebody = await signedIn({ name });
    await memberOf(somebody, organisation);
    return somebody;
  }

  async function give(to: Person, fields: Record<string, string> = {}, by = otto) {
    await by.browser.get(`${home}/appointment`);
    return by.browser.submit(`${home}/appointment`, {
      email: to.email,
      role: 'manager',
      unit: '',
      ...fields,
    });
  }

  async function roleIn(page: string): Promise<string> {
    const { text } = await otto.browser.get(home);
    const link = linksIn(text, new RegExp(`^${home}/[^/]+/${page}$`)).find(each => !own.has(each));
    if (!link) throw new Error('There is no such role');
    return link;
  }
  const own = new Set<string>();
  beforeEach(async () => {
    const found = await row<{ id: string }>('select id from role_grants where user_id = $1', [otto.id]);
    own.clear();
    for (const page of ['end', 'handover']) own.add(`${home}/${found?.id}/${page}`);
  });

  describe('giving one', () => {
    it('counts at once, is an event without names, and mails the person', async () => {
      const mina = await colleague();
      expect((await mina.browser.get('/team')).status).to.equal(404);
      expect((await give(mina)).path).to.equal(`${home}?done=role-given`);
      expect((await mina.browser.get('/team')).status).to.equal(200);
      expect(await rolesOf(mina, organisation)).to.have.length(1);
      const [made] = await eventsIn(organisation);
      expect(made).to.deep.include({ name: 'grant.made', userId: mina.id, role: 'manager', unitId: null });
      expect(made).to.deep.include({ fromDay: TODAY, untilDay: null });
      expect(await mailsTo(mina.email)).to.have.length(1);
      expect(plain((await otto.browser.get(home)).text)).to.include('Mina Sato');
      expect(plain((await mina.browser.get('/roles')).text)).to.include('Northern Air');
      expect(linksIn((await mina.browser.get('/account')).text, /^\/roles$/)).to.have.length(1);
    });

    it('may be for a unit, and from a day to a day', async () => {
      const [mina, unit] = [await colleague(), await unitIn(organisation)];
      const days = { ...inBoxes('from', inDays(3)), ...inBoxes('last', inDays(5)) };
      await give(mina, { unit, ...days });
      expect(await rolesOf(mina, organisation)).to.deep.include({
        ...{ role: 'manager', unitId: unit, fromDay: inDays(3), untilDay: inDays(6) },
        isOpen: (await rolesOf(mina, organisation))[0]?.isOpen ?? true,
      });
      expect((await mina.browser.get('/team')).status).to.equal(404);
    });

    it('may follow one that ends, but not overlap with it', async () => {
      const mina = await colleague();
      await give(mina, inBoxes('last', inDays(5)));
      expect(errorsOn(await give(mina, inBoxes('from', inDays(5))))).to.deep.equal({
        email: said('errors.roleHeld'),
      });
      expect(errorsOn(await give(mina))).to.deep.equal({ email: said('errors.roleHeld') });
      await give(mina, inBoxes('from', inDays(6)));
      expect(await rolesOf(mina, organisation)).to.have.length(2);
    });

    it('asks again, with what was typed, where something is missing or wrong', async () => {
      const mina = await colleague();
      const unit = await unitIn(organisation);
      const cases: [Record<string, string>, Record<string, string>][] = [
        [{ email: '' }, { email: said('errors.email') }],
        [{ role: '' }, { role: said('errors.roleChoice') }],
        [{ unit: await unitIn(await otherOrganisation()) }, { unit: said('errors.roleUnit') }],
        [{ unit, role: 'auditor' }, { unit: said('errors.roleWhole') }],
        [inBoxes('from', inDays(-1)), { from: said('errors.roleFrom') }],
        [inBoxes('from', '2027-02-30'), { from: said('errors.roleFrom') }],
        [inBoxes('last', inDays(-1)), { last: said('errors.roleLast') }],
        [{ ...inBoxes('from', inDays(4)), ...inBoxes('last', inDays(3)) }, { last: said('errors.roleLast') }],
      ];
      for (const [fields, errors] of cases) {
        const page = await give(mina, fields);
        expect([page.status, errorsOn(page)], JSON.stringify(fields)).to.deep.equal([422, errors]);
        if (fields['email'] !== '') expect(page.text).to.include(`value="${mina.email}"`);
      }
      expect(await rolesOf(mina, organisation)).to.deep.equal([]);
    });

    it('says the same of somebody elsewhere, of somebody who left and of nobody', async () => {
      const [stranger, gone] = [await person(), await colleague()];
      await write(`update memberships set employment = 'left' where user_id = $1`, [gone.id]);
      const nobody = { ...stranger, email: 'nobody@example.org' };
      for (const somebody of [stranger, gone, nobody])
        expect(errorsOn(await give(somebody))).to.deep.equal({ email: said('errors.roleNobody') });
    });

    it('is for anybody with an account where an administrator of the installation gives it', async () => {
      const [admin, first] = [await dina(), await signedIn()];
      await give(first, { role: 'administrator' }, admin);
      expect((await first.browser.get(home)).status).to.equal(200);
    });

    it('is never for oneself, whoever one is', async () => {
      for (const by of [otto, await dina()])
        expect(errorsOn(await give(by, {}, by))).to.deep.equal({ email: said('errors.roleOwn') });
    });

    it('waits for a confirmed address', async () => {
      const mina = await colleague();
      await write('update users set email_confirmed_at = null where id = $1', [mina.id]);
      expect(errorsOn(await give(mina))).to.deep.equal({ email: said('errors.roleUnready') });
    });
  });

  describe('ending one', () => {
    it('counts at once, is an event, and mails the person; a page that is behind gets 409', async () => {
      const mina = await colleague();
      await give(mina);
      const page = await roleIn('end');
      await otto.browser.get(page);
      expect((await otto.browser.submit(page, {})).path).to.equal(`${home}?done=role-ended`);
      expect((await mina.browser.get('/team')).status).to.equal(404);
      expect((await eventsIn(organisation)).map(({ name }) => name)).to.deep.equal([
        'grant.made',
        'grant.ended',
      ]);
      expect(await mailsTo(mina.email)).to.have.length(2);
      expect((await otto.browser.get(page)).status).to.equal(409);
      expect((await send(otto.browser, page)).status).to.equal(409);
    });

    it('may have a last day, which can be moved forward but never back', async () => {
      const mina = await colleague();
      await give(mina);
      const page = await roleIn('end');
      for (const [day, until] of [
        [inDays(5), inDays(6)],
        [inDays(3), inDays(4)],
      ] as const) {
        await otto.browser.get(page);
        await otto.browser.submit(page, inBoxes('last', day));
        expect((await rolesOf(mina, organisation))[0]?.untilDay).to.equal(until);
      }
      await otto.browser.get(page);
      const refused = await otto.browser.submit(page, inBoxes('last', inDays(9)));
      expect(errorsOn(refused)).to.deep.equal({ last: said('errors.roleNotLater') });
      expect((await mina.browser.get('/team')).status).to.equal(200);
    });

    it('is open to whoever holds it, the last organisation administrator included', async () => {
      const own = linksIn((await otto.browser.get('/roles')).text, /\/end$/)[0] ?? '';
      await otto.browser.get(own);
      expect((await otto.browser.submit(own, {})).path).to.equal('/roles?done=role-ended');
      expect((await otto.browser.get(home)).status).to.equal(404);
      expect((await (await dina()).browser.get(home)).status).to.equal(200);
    });
  });

  describe('handing one over', () => {
    async function handOver(page: string, to: Person, fields = {}) {
      await otto.browser.get(page);
      return otto.browser.submit(page, { email: to.email, ...fields });
    }

    it('ends one and begins the other in one act', async () => {
      const [mina, noor] = [await colleague(), await colleague('Noor Haddad')];
      const unit = await unitIn(organisation);
      await give(mina, { unit, ...inBoxes('last', inDays(9)) });
      const page = await handOver(await roleIn('handover'), noor);
      expect(page.path).to.equal(`${home}?done=role-handed-over`);
      expect((await mina.browser.get('/team')).status).to.equal(404);
      expect((await noor.browser.get('/team')).status).to.equal(200);
      const [successor] = await rolesOf(noor, organisation);
      expect(successor).to.include({ unitId: unit, fromDay: TODAY, untilDay: inDays(10) });
      for (const { email } of [mina, noor]) expect((await mailsTo(email)).length).to.be.greaterThan(0);
    });

    it('may begin on a later day, until which nothing changes', async () => {
      const [mina, noor] = [await colleague(), await colleague('Noor Haddad')];
      await give(mina);
      await handOver(await roleIn('handover'), noor, inBoxes('from', inDays(7)));
      expect((await rolesOf(mina, organisation))[0]?.untilDay).to.equal(inDays(7));
      expect((await rolesOf(noor, organisation))[0]?.fromDay).to.equal(inDays(7));
      expect((await mina.browser.get('/team')).status).to.equal(200);
      expect((await noor.browser.get('/team')).status).to.equal(404);
    });

    it('changes nothing where the successor has the role, is unknown, or would come after its end', async () => {
      const [mina, noor] = [await colleague(), await colleague('Noor Haddad')];
      await give(mina, inBoxes('last', inDays(5)));
      const page = await roleIn('handover');
      expect(errorsOn(await handOver(page, mina))).to.deep.equal({ email: said('errors.roleHeld') });
      expect(errorsOn(await handOver(page, await person()))).to.deep.equal({
        email: said('errors.roleNobody'),
      });
      expect(errorsOn(await handOver(page, otto))).to.deep.equal({ email: said('errors.roleOwn') });
      const late = await handOver(page, noor, inBoxes('from', inDays(6)));
      expect(errorsOn(late)).to.deep.equal({ from: said('errors.roleNotLater') });
      expect(await rolesOf(noor, organisation)).to.deep.equal([]);
      expect((await rolesOf(mina, organisation))[0]?.untilDay).to.equal(inDays(6));
    });
  });

  it('are hidden from everybody who does not administer the organisation', async () => {
    const [mina, ben] = [await colleague(), await colleague('Ben Okafor')];
    await give(mina);
    const [end, handover] = [await roleIn('end'), await roleIn('handover')];
    await appoint(ben, 'manager', organisation);
    const elsewhere = await signedIn();
    await appoint(elsewhere, 'administrator', await otherOrganisation());
    for (const { browser } of [ben, elsewhere, await signedIn()]) {
      for (const page of [home, `${home}/appointment`]) {
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
    expect((await otto.browser.get(end.replace(organisation, await otherOrganisation()))).status).to.equal(
      404,
    );
    expect((await world().visitor().get(home)).path).to.match(/^\/sign-in/);
    expect(plain((await elsewhere.browser.get('/roles')).text)).to.include(said('roles.own'));
  });
});
