import { expect } from 'chai';
import { certificatesIn } from '../../../../server/proof/certificates/in-organisation.js';
import { certificateOf, type CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { revoke, suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { loadActor } from '../../../../server/people/organisations/actors.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { ada, cleo, dina, person, signedIn } from '../../../support/people.js';
import { almostThrough, course } from '../../../support/walk.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { plain } from '../../../support/pages.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

/** Ben, who manages the people of an organisation of his own. */
async function ben() {
  const manager = await signedIn({ name: 'Ben Okafor' });
  const organisation = await otherOrganisation();
  await appoint(manager, 'manager', organisation);
  return { ...manager, organisation };
}

/** Of somebody who learned there. */
async function certificateIn(organisationId: string): Promise<CertificateFacts> {
  const { id: userId } = await person({ name: 'Ada Marlow' });
  const cycle = await enrol({ userId, organisationId, course: await course('volunteers'), now: Date.now() });
  await almostThrough(cycle, []);
  const certificate = await certificateOf(cycle.id);
  if (!certificate) throw new Error('No certificate was issued');
  return certificate;
}

const leadsToTeam = (text: string) => linksIn(text, /^\/team$/).length > 0;

describe('the page of managers', () => {
  ownWorld();
  it('is one link away from every page of managers', async () => {
    const { browser } = await ben();
    for (const path of ['/learning', '/account', '/certificates', '/admin/preview'])
      expect(leadsToTeam((await browser.get(path)).text), path).to.equal(true);
    const { text } = await browser.get('/admin/preview');
    expect(text).to.match(/<a href="\/team" aria-current="true">/);
  });

  it('links to all that managers may open, and all of it opens', async () => {
    const { browser, organisation } = await ben();
    const { text } = await browser.get('/team');
    expect(plain(text))
      .to.include('Northern Air')
      .and.include(said('team.waiting', { count: 0 }));
    const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '';
    const links = linksIn(main, /^\//);
    expect(links).to.have.members([
      // Their role asks for a second step.
      '/account/factors',
      '/name-requests',
      '/admin/preview',
      `/organisations/${organisation}/standings`,
      `/organisations/${organisation}/requirements`,
      `/organisations/${organisation}/people`,
      `/organisations/${organisation}/units`,
      `/organisations/${organisation}/courses`,
      `/team/certificates?organisation=${organisation}`,
      `/organisations/${organisation}/sessions`,
      `/admin/follow-up?organisation=${organisation}`,
      `/admin/signals?organisation=${organisation}`,
      `/organisations/${organisation}`,
      `/organisations/${organisation}/evidence`,
    ]);
    for (const link of links) expect((await browser.get(link)).status, link).to.equal(200);
  });

  it('is where managers go back to from a decision, while administrators go back to their list', async () => {
    const [{ browser, organisation }, admin] = [await ben(), await dina()];
    const { id } = await certificateIn(organisation);
    const backIn = (text: string) => linksIn(/<main[\s\S]*?<\/a>/.exec(text)?.[0] ?? '', /^\//);
    const back = async (client: typeof browser, path: string) => backIn((await client.get(path)).text);
    const list = `/team/certificates?organisation=${organisation}`;
    expect(await back(browser, `/certificates/${id}`)).to.deep.equal([list]);
    expect(await back(admin.browser, `/certificates/${id}`)).to.deep.equal(['/admin/certificates']);
    expect(await back(browser, '/name-requests')).to.deep.equal(['/team']);
    expect(await back(admin.browser, '/name-requests')).to.deep.equal(['/admin/certificates']);
  });

  it('names every organisation that somebody manages, and no other', async () => {
    const { browser, ...manager } = await ben();
    const second = await otherOrganisation();
    await appoint({ browser, ...manager }, 'auditor', second);
    expect((await browser.get('/team')).text)
      .to.include(manager.organisation)
      .and.not.include(second);
    await appoint({ browser, ...manager }, 'manager', second);
    expect((await browser.get('/team')).text)
      .to.include(manager.organisation)
      .and.include(second);
  });

  it('links to the certificates of their people, and to what may be decided about each', async () => {
    const { browser, organisation } = await ben();
    const page = `/team/certificates?organisation=${organisation}`;
    expect(plain((await browser.get(page)).text)).to.include(said('admin.noCertificates'));
    const certificate = await certificateIn(organisation);
    const { text } = await browser.get(page);
    expect(plain(text)).to.include('Northern Air').and.include('Ada Marlow');
    const links = linksIn(text, new RegExp(`^/certificates/${certificate.id}`));
    expect(links).to.include.members(
      ['', '/suspension', '/correction'].map(what => `/certificates/${certificate.id}${what}`),
    );
    for (const link of links) expect((await browser.get(link)).status, link).to.equal(200);
    const other = await otherOrganisation();
    expect((await browser.get(page.replace(organisation, other))).status).to.equal(404);
  });

  it('shows since when a certificate is suspended or revoked, instead of its end', async () => {
    const { id, browser, organisation } = await ben();
    const certificate = await certificateIn(organisation);
    const page = `/team/certificates?organisation=${organisation}`;
    expect(plain((await browser.get(page)).text)).to.include(said('components.validUntil'));
    const by = { actorId: id, now: Date.now() };
    await suspend(certificate, { reason: 'under-review', note: null }, by);
    expect(plain((await browser.get(page)).text))
      .to.match(new RegExp(` · ${said('state.suspended')} \\d+ \\w+ \\d{4}`))
      .and.not.include(said('components.validUntil'));
    await revoke(certificate, { reason: 'not-earned', note: null }, by);
    expect(plain((await browser.get(page)).text)).to.match(
      new RegExp(` · ${said('state.revoked')} \\d+ \\w+ \\d{4}`),
    );
  });

  it('lists certificates in parts, each once, the newest first', async () => {
    const { id, organisation } = await ben();
    const manager = await loadActor(id, Date.now());
    if (!manager) throw new Error('Ben is gone');
    const [first, second, third] = [
      await certificateIn(organisation),
      await certificateIn(organisation),
      await certificateIn(organisation),
    ];
    const part = (after: string | null) => certificatesIn(organisation, manager, { limit: 2, after });
    const [newest, next] = await part(null);
    expect([newest, next, ...(await part(next ?? ''))]).to.have.members([first.id, second.id, third.id]);
    expect(newest).to.equal(third.id);
  });

  it('returns 404 to learners, auditors and administrators who manage nobody, and is not linked for them', async () => {
    const emre = await signedIn();
    await appoint(emre, 'auditor');
    for (const { browser } of [await ada(), await cleo(), emre, await dina()]) {
      expect((await browser.get('/team')).status).to.equal(404);
      expect(leadsToTeam((await browser.get('/learning')).text)).to.equal(false);
    }
    expect((await world().visitor().get('/team')).path).to.match(/^\/sign-in/);
  });
});
