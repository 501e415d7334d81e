import { expect } from 'chai';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { setPaperSize } from '../../../../../server/people/organisations/certificate-settings.js';
import { cleo, dina } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { plain, send } from '../../../../support/pages.js';
import { signedInHolder } from '../../../../support/holders.js';
import { write } from '../../../../support/rows.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';

/** Width and height of the one page, in points. */
const pageOf = (pdf: Buffer): string =>
  /\/MediaBox \[0 0 ([\d.]+ [\d.]+)\]/.exec(pdf.toString('latin1'))?.[1] ?? '';
const A4 = '841.89 595.28';
const LETTER = '792 612';

describe('the paper of an organisation', () => {
  ownWorld();
  afterEach(async () => {
    await write("update organisations set paper = 'a4' where id = $1", [(await openOrganisation()).id]);
  });

  it('is chosen by its administrator, and all certificates are drawn for it, including earlier ones', async () => {
    const { holder, certificate } = await signedInHolder();
    const pdf = `/certificates/${certificate.id}/certificate.pdf`;
    expect(pageOf(await holder.browser.bytes(pdf))).to.equal(A4);
    const ben = await cleo();
    const page = `/organisations/${(await openOrganisation()).id}/settings/certificates`;
    expect((await ben.browser.get(page)).status).to.equal(404);
    await appoint(ben, 'administrator');
    await ben.browser.get(page);
    const saved = await ben.browser.submit(page, { paper: 'letter', shown: 'masked' });
    expect(plain(saved.text)).to.include(said('done.settings'));
    expect(pageOf(await holder.browser.bytes(pdf))).to.equal(LETTER);
    expect(pageOf(await holder.browser.bytes(`${pdf}?size=a4`))).to.equal(A4);
    expect(pageOf(await holder.browser.bytes(`${pdf}?size=nothing`))).to.equal(LETTER);
    const { text } = await holder.browser.get(`/certificates/${certificate.id}`);
    expect(text).to.include('certificate.pdf?size=a4').and.not.include('size=letter');
  });

  it('is chosen where it was before, too: the old address leads to the new one', async () => {
    const { browser } = await dina();
    const home = `/organisations/${(await openOrganisation()).id}`;
    for (const old of ['paper', 'shown-name'])
      expect((await browser.get(`${home}/${old}`)).path).to.equal(`${home}/settings/certificates`);
  });

  it('refuses an unknown size', async () => {
    const page = `/organisations/${(await openOrganisation()).id}/settings/certificates`;
    const { browser } = await dina();
    for (const paper of ['', 'a5', '__proto__'])
      expect((await send(browser, page, { paper, shown: 'masked' })).status).to.equal(422);
  });

  it('is not chosen by a manager, an auditor, another organisation’s administrator or a visitor', async () => {
    const page = `/organisations/${(await openOrganisation()).id}/settings/certificates`;
    const [ben, emre, other] = [await cleo(), await cleo(), await cleo()];
    await appoint(ben, 'manager');
    await appoint(emre, 'auditor');
    await appoint(other, 'administrator', await otherOrganisation());
    for (const { browser } of [ben, emre, other])
      expect((await send(browser, page, { paper: 'letter', shown: 'full' })).status).to.equal(404);
    expect((await world().visitor().get(page)).path).to.include('/sign-in');
  });

  it('is recorded once when it changes, and not otherwise', async () => {
    const organisation = await otherOrganisation();
    const by = { actorId: (await dina()).id, now: Date.now() };
    for (const paper of ['a4', 'letter', 'letter'] as const) await setPaperSize(organisation, paper, by);
    const told = await write('select 1 from events where name = $1 and organisation_id = $2', [
      'paper.set',
      organisation,
    ]);
    expect(told).to.have.length(1);
  });
});
