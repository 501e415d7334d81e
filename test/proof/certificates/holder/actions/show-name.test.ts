import { expect } from 'chai';
import {
  nameVisibilityOf,
  strictestVisibility,
  type NameVisibility,
} from '../../../../../server/proof/certificates/holder/name-privacy.js';
import { setNameVisibility } from '../../../../../server/people/organisations/certificate-settings.js';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { cleo, dina } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { plain, send } from '../../../../support/pages.js';
import { signedInHolder } from '../../../../support/holders.js';
import { write } from '../../../../support/rows.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';

/** What a stranger reads of the certificate. */
const seen = async (code: string) => plain((await world().visitor().get(`/verify/${code}`)).text);

async function organisationShows(shown: NameVisibility): Promise<void> {
  const { id } = await openOrganisation();
  await write('update organisations set shown_name = $1 where id = $2', [shown, id]);
}

describe('what strangers see of the name', () => {
  ownWorld();
  afterEach(() => organisationShows('masked'));

  it('is the more private of two choices', () => {
    const table: [NameVisibility, NameVisibility | null, NameVisibility][] = [
      ['masked', null, 'masked'],
      ['full', null, 'full'],
      ['hidden', null, 'hidden'],
      ['full', 'masked', 'masked'],
      ['full', 'hidden', 'hidden'],
      ['masked', 'hidden', 'hidden'],
      ['masked', 'full', 'masked'],
      ['hidden', 'full', 'hidden'],
      ['hidden', 'masked', 'hidden'],
    ];
    for (const [organisation, holder, holds] of table)
      expect(strictestVisibility(organisation, holder), `${organisation} ${holder}`).to.equal(holds);
  });

  it('is masked unless somebody chooses, and the holder may show less', async () => {
    const { holder, certificate } = await signedInHolder();
    const page = `/certificates/${certificate.id}/shown-name`;
    expect(await seen(certificate.code)).to.include('A•• M•••••');
    await holder.browser.get(page);
    const after = await holder.browser.submit(page, { shown: 'hidden' });
    expect(after.path).to.equal(`/certificates/${certificate.id}?done=shown-name`);
    expect(plain(after.text)).to.include(said('certificate.whoHidden'));
    const text = await seen(certificate.code);
    expect(text).to.not.include('A••').and.not.include('Marlow');
    // The name can still be compared: somebody who has it already learns nothing new.
    expect(text).to.include(said('verify.nameHeading'));
  });

  it('is never more than the organisation shows: neither offered, nor accepted, nor by an older choice', async () => {
    const { holder, certificate } = await signedInHolder();
    const page = `/certificates/${certificate.id}/shown-name`;
    const { text } = await holder.browser.get(page);
    expect(text).to.include('value="masked"').and.not.include('value="full"');
    const refused = await holder.browser.submit(page, { shown: 'full' });
    expect(refused.status).to.equal(422);
    await organisationShows('full');
    await send(holder.browser, page, { shown: 'full' });
    expect(await seen(certificate.code)).to.include('Ada Marlow');
    await organisationShows('hidden');
    expect((await nameVisibilityOf(certificate)).holds).to.equal('hidden');
    expect(await seen(certificate.code))
      .to.not.include('A••')
      .and.not.include('Marlow');
  });

  it('refuses an unknown choice', async () => {
    const { holder, certificate } = await signedInHolder();
    const page = `/certificates/${certificate.id}/shown-name`;
    for (const shown of ['', 'nothing', '__proto__']) {
      const refused = await send(holder.browser, page, { shown });
      expect(refused.status, shown).to.equal(422);
      expect(refused.text, shown).to.not.include(' checked');
    }
  });

  it('is set for an organisation by an administrator, its own or the installation’s, at once for all certificates', async () => {
    const { certificate } = await signedInHolder();
    const { id } = await openOrganisation();
    const page = `/organisations/${id}/settings/certificates`;
    const ben = await cleo();
    expect((await ben.browser.get(page)).status).to.equal(404);
    await appoint(ben, 'administrator');
    expect(plain((await ben.browser.get(page)).text)).to.include(`${said('shownName.masked')}: A•• M•••••`);
    const saved = await ben.browser.submit(page, { shown: 'full', paper: 'a4' });
    expect(plain(saved.text)).to.include(said('done.settings'));
    expect(await seen(certificate.code)).to.include('Ada Marlow');
    const admin = await dina();
    expect((await send(admin.browser, page, { shown: 'masked', paper: 'a4' })).status).to.equal(200);
    expect((await send(admin.browser, page, { shown: 'all', paper: 'a4' })).status).to.equal(422);
    expect(await seen(certificate.code)).to.include('A•• M•••••');
  });

  it('is not set by a manager, an auditor, another organisation’s administrator or a visitor', async () => {
    const { id } = await openOrganisation();
    const page = `/organisations/${id}/settings/certificates`;
    const [ben, emre, other] = [await cleo(), await cleo(), await cleo()];
    await appoint(ben, 'manager');
    await appoint(emre, 'auditor');
    await appoint(other, 'administrator', await otherOrganisation());
    for (const { browser } of [ben, emre, other])
      expect((await send(browser, page, { shown: 'full', paper: 'a4' })).status).to.equal(404);
    expect((await world().visitor().get(page)).path).to.include('/sign-in');
  });

  it('is recorded once when it changes, and not otherwise', async () => {
    const organisation = await otherOrganisation();
    const by = { actorId: (await dina()).id, now: Date.now() };
    for (const shown of ['masked', 'full', 'full'] as const) await setNameVisibility(organisation, shown, by);
    const told = await write('select 1 from events where name = $1 and organisation_id = $2', [
      'shown-name.set',
      organisation,
    ]);
    expect(told).to.have.length(1);
  });
});
