import { expect } from 'chai';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { sha256 } from '../../../../../server/platform/lib/tokens.js';
import { employer } from '../../../../support/organisations.js';
import { send } from '../../../../support/pages.js';
import { ada, cleo, dina, signedIn, type Person } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { count } from '../../../../support/rows.js';
import { errorsOn } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';

/** The address of an audit pack that somebody asked for, ready. */
async function askedFor({ browser }: Person, organisationId: string): Promise<string> {
  await browser.get(`/organisations/${organisationId}/evidence/audit-pack`);
  const page = await browser.submit(`/organisations/${organisationId}/evidence/audit-pack`, {});
  await world().worker.drain();
  return page.path;
}

const taken = () => count(`events where name = 'organisation.exported'`, []);

describe('downloading a file that was made in the background', () => {
  ownWorld();

  it('sends its bytes under their hash, and goes on in the middle after it broke off', async () => {
    const by = await dina();
    const { id } = await openOrganisation();
    const path = await askedFor(by, id);
    const page = await by.browser.get(path);
    expect(page.text).to.include('data-state="ready"').and.include(`href="${path}/download"`);
    const before = await taken();
    const whole = await by.browser.get(`${path}/download`);
    expect(whole.status).to.equal(200);
    expect(whole.headers.get('content-type')).to.equal('application/zip');
    const bytes = await by.browser.bytes(`${path}/download`);
    const etag = `"${sha256(bytes)}"`;
    expect(whole.headers.get('etag')).to.equal(etag);
    expect(page.text).to.include(sha256(bytes));
    expect((await taken()) - before).to.equal(2);
    const headers = { range: 'bytes=100-', 'if-range': etag };
    const rest = await by.browser.get(`${path}/download`, headers);
    expect(rest.status).to.equal(206);
    expect(rest.headers.get('content-length')).to.equal(String(bytes.length - 100));
    expect((await taken()) - before).to.equal(2);
  });

  it('is for those who may see such files in its organisation', async () => {
    const [admin, ben, eve] = [await dina(), await cleo(), await ada()];
    const { id } = await openOrganisation();
    await appoint(ben, 'manager');
    const path = await askedFor(admin, id);
    expect((await ben.browser.get(path)).status).to.equal(200);
    expect((await ben.browser.get(`${path}/download`)).status).to.equal(200);
    const elsewhere = path.replace(id, (await employer()).id);
    for (const address of [path, `${path}/download`])
      expect((await eve.browser.get(address)).status).to.equal(404);
    expect((await admin.browser.get(elsewhere)).status).to.equal(404);
    expect((await admin.browser.get(`${elsewhere}/download`)).status).to.equal(404);
  });

  it('is held by those who administer the organisation, with a reason, and not removed then', async () => {
    const [admin, manager] = [await dina(), await signedIn()];
    const { id } = await openOrganisation();
    await appoint(manager, 'manager');
    const path = await askedFor(admin, id);
    await manager.browser.get(path);
    expect((await send(manager.browser, `${path}/hold`, { why: 'Mine' })).status).to.be.oneOf([403, 404]);
    await admin.browser.get(path);
    const refused = await admin.browser.submit(`${path}/hold`, { why: ' ' });
    expect([refused.status, Object.keys(errorsOn(refused))]).to.deep.equal([422, ['why']]);
    const held = await admin.browser.submit(`${path}/hold`, { why: 'A case at court' });
    expect(held.text)
      .to.include('data-held')
      .and.include('A case at court')
      .and.not.include(`${path}/removal`);
    expect((await send(admin.browser, `${path}/removal`, {})).status).to.equal(409);
    await admin.browser.get(path);
    await admin.browser.submit(`${path}/hold/lifting`, {});
    expect((await admin.browser.get(path)).text).to.include(`${path}/removal`);
  });

  it('ends once it is removed', async () => {
    const by = await dina();
    const { id } = await openOrganisation();
    const path = await askedFor(by, id);
    await by.browser.get(path);
    await by.browser.submit(`${path}/removal`, {});
    expect((await by.browser.get(path)).text).to.include('data-state="gone"');
    expect((await by.browser.get(`${path}/download`)).status).to.equal(404);
  });
});
