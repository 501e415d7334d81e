import { expect } from 'chai';
import { findErasure, openErasureOf } from '../../../../server/office/privacy/erasure/erasure-requests.js';
import { addMember, endEmployment } from '../../../../server/people/organisations/people/members.js';
import { bySystem, employer, inDays, TODAY } from '../../../support/organisations.js';
import { ada, cleo, dina } from '../../../support/people.js';
import { count, row } from '../../../support/rows.js';
import { appoint } from '../../../support/roles.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const ERASE = { decision: 'erase', reason: 'As they asked' };

describe('asking for an erasure', () => {
  ownWorld();

  it('is the person’s own act: they see what stays, confirm it, and can take it back until it is decided', async () => {
    const someone = await ada();
    await someone.browser.get('/account/data');
    const refused = await someone.browser.submit('/account/data/erasure', {});
    expect(refused.status).to.equal(422);
    expect(errorsOn(refused)).to.deep.equal({ sure: said('errors.sure') });
    await someone.browser.submit('/account/data/erasure', { sure: 'yes' });
    expect(await openErasureOf({ userId: someone.id, membershipId: null })).not.to.equal(null);
    await someone.browser.get('/account/data');
    await someone.browser.submit('/account/data/erasure/withdrawal', {});
    expect(await openErasureOf({ userId: someone.id, membershipId: null })).to.equal(null);
  });

  it('is decided by an administrator with a reason, and by nobody about themselves', async () => {
    const [someone, administrator] = [await ada(), await dina()];
    await someone.browser.get('/account/data');
    await someone.browser.submit('/account/data/erasure', { sure: 'yes' });
    const asked = await openErasureOf({ userId: someone.id, membershipId: null });
    const page = `/admin/erasures/${asked?.id}`;
    expect((await someone.browser.get(page)).status).to.equal(404);
    await administrator.browser.get(page);
    expect(errorsOn(await administrator.browser.submit(`${page}/decision`, {}))).to.have.keys([
      'reason',
      'decision',
    ]);
    await administrator.browser.submit(`${page}/decision`, ERASE);
    await world().worker.drain();
    expect(await findErasure(asked?.id ?? '')).to.include({ state: 'done', decidedBy: administrator.id });

    await administrator.browser.get('/account/data');
    await administrator.browser.submit('/account/data/erasure', { sure: 'yes' });
    const own = await openErasureOf({ userId: administrator.id, membershipId: null });
    const answer = await administrator.browser.get(`/admin/erasures/${own?.id}`);
    expect(answer.text).not.to.include('/decision"');
    expect(await count(`erasure_requests where id = $1 and state = 'asked'`, [own?.id ?? ''])).to.equal(1);
  });

  it('is placed on hold, and says so', async () => {
    const [someone, administrator] = [await ada(), await dina()];
    await administrator.browser.get(`/admin/people/${someone.id}/erasure`);
    const { path } = await administrator.browser.submit(`/admin/people/${someone.id}/erasure`, {
      reason: 'They wrote to us',
    });
    await administrator.browser.submit(`${path}/hold`, { holdReason: 'A court asked' });
    const held = await administrator.browser.submit(`${path}/decision`, ERASE);
    expect(errorsOn(held)).to.deep.equal({ decision: said('errors.erasure-held') });
    await administrator.browser.submit(`${path}/hold/lifting`, {});
    const done = await administrator.browser.submit(`${path}/decision`, { ...ERASE, decision: 'refuse' });
    expect(done.text).to.include('data-state="refused"');
    expect((await someone.browser.get('/account/data')).text).to.match(/data-refused>.*As they asked/);
    expect((await someone.browser.get('/account')).path).to.equal('/account');
  });

  it('for another: an organisation asks only about people who left, with a reason, and an account stays its owner’s', async () => {
    const organisation = await employer();
    const [manager, stranger] = [await ada(), await cleo()];
    await appoint(manager, 'administrator', organisation.id);
    const by = { organisation, ...bySystem() };
    const person = { name: 'Olga Berg', email: null, staffNumber: null };
    const added = await addMember({ ...by, fromDay: inDays(-10) }, { person });
    const membershipId = added.kind === 'changed' ? added.membershipId : '';
    const page = `/organisations/${organisation.id}/people/${membershipId}/erasure`;
    expect((await stranger.browser.get(page)).status).to.equal(404);
    expect((await manager.browser.get(page)).status).to.equal(409);
    await endEmployment({ ...by, membershipId, fromDay: TODAY });
    await manager.browser.get(page);
    expect(errorsOn(await manager.browser.submit(page, { reason: ' ' }))).to.have.keys(['reason']);
    await manager.browser.submit(page, { reason: 'She wrote to us' });
    const asked = await openErasureOf({ userId: null, membershipId });
    expect(asked).to.include({ askedBy: manager.id, state: 'asked', why: 'She wrote to us' });
    expect((await manager.browser.get(`/admin/people/${stranger.id}/erasure`)).status).to.equal(404);
    const name = await row<{ name: string }>('select name from membership_people where membership_id = $1', [
      membershipId,
    ]);
    expect(name?.name).to.equal('Olga Berg');
  });
});
