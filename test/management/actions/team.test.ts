import { expect } from 'chai';
import { certificatesIn } from '../../../server/certificates/in-organisation.js';
import { certificateOf, type CertificateFacts } from '../../../server/certificates/queries.js';
import { revoke, suspend } from '../../../server/certificates/lifecycle/revoke.js';
import { enrol } from '../../../server/learning/enrolments.js';
import { linksIn } from '../../../server/smoke/client.js';
import { ada, cleo, dina, person, signedIn } from '../../support/people.js';
import { almostThrough, appoint, course, otherOrganisation, plain } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

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
  it('is one link away from every page of theirs', async () => {
    const { browser } = await ben();
    for (const path of ['/learning', '/account', '/certificates', '/admin/preview'])
      expect(leadsToTeam((await browser.get(path)).text), path).to.equal(true);
    const { text } = await browser.get('/admin/preview');
    expect(text).to.match(/<a href="\/team" aria-current="true">/);
  });

  it('leads to all they may open, and all of it opens', async () => {
    const { browser, organisation } = await ben();
    const { text } = await browser.get('/team');
    expect(plain(text)).to.include('Northern Air').and.include('0 people wait');
    const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '';
    const links = linksIn(main, /^\//);
    expect(links).to.have.members([
      '/name-requests',
      '/admin/preview',
      `/team/certificates?organisation=${organisation}`,
      `/admin/follow-up?organisation=${organisation}`,
      `/admin/signals?organisation=${organisation}`,
      `/organisations/${organisation}/shown-name`,
      `/organisations/${organisation}/paper`,
      `/organisations/${organisation}/audit-pack.zip`,
    ]);
    for (const link of links) expect((await browser.get(link)).status, link).to.equal(200);
  });

  it('is the way back from what is decided there, as the list of all is for administrators', async () => {
    const [{ browser, organisation }, admin] = [await ben(), await dina()];
    const { id } = await certificateIn(organisation);
    const backIn = (text: string) => linksIn(/<main[\s\S]*?<\/a>/.exec(text)?.[0] ?? '', /^\//);
    const back = async (client: typeof browser, path: string) => backIn((await client.get(path)).text);
    const list = `/team/certificates?organisation=${organisation}`;
    expect(await back(browser, `/certificates/${id}`)).to.deep.equal([list]);
    expect(await back(admin.browser, `/certificates/${id}`)).to.deep.equal(['/admin/certificates']);
    for (const path of [
      '/name-requests',
      ...['shown-name', 'paper'].map(of => `/organisations/${organisation}/${of}`),
    ]) {
      expect(await back(browser, path), path).to.deep.equal(['/team']);
      expect(await back(admin.browser, path), path).to.deep.equal(['/admin/certificates']);
    }
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

  it('leads to the certificates of their people, and to what may be decided about each', async () => {
    const { browser, organisation } = await ben();
    const page = `/team/certificates?organisation=${organisation}`;
    expect(plain((await browser.get(page)).text)).to.include('No certificates yet');
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

  it('says of a certificate that does not stand since when, and no end', async () => {
    const { id, browser, organisation } = await ben();
    const certificate = await certificateIn(organisation);
    const page = `/team/certificates?organisation=${organisation}`;
    expect(plain((await browser.get(page)).text)).to.include('Valid until');
    const by = { actorId: id, now: Date.now() };
    await suspend(certificate, { reason: 'under-review', note: null }, by);
    expect(plain((await browser.get(page)).text))
      .to.match(/Awarded .* · Suspended \d+ \w+ \d{4}/)
      .and.not.include('Valid until');
    await revoke(certificate, { reason: 'not-earned', note: null }, by);
    expect(plain((await browser.get(page)).text)).to.match(/Awarded .* · Withdrawn \d+ \w+ \d{4}/);
  });

  it('lists certificates in parts, each once, the newest first', async () => {
    const { organisation } = await ben();
    const [first, second, third] = [
      await certificateIn(organisation),
      await certificateIn(organisation),
      await certificateIn(organisation),
    ];
    const part = (after: string | null) => certificatesIn(organisation, { limit: 2, after });
    const [newest, next] = await part(null);
    expect([newest, next, ...(await part(next ?? ''))]).to.have.members([first.id, second.id, third.id]);
    expect(newest).to.equal(third.id);
  });

  it('is not there for learners, auditors and administrators who manage nobody, nor is a link to it', async () => {
    const emre = await signedIn();
    await appoint(emre, 'auditor');
    for (const { browser } of [await ada(), await cleo(), emre, await dina()]) {
      expect((await browser.get('/team')).status).to.equal(404);
      expect(leadsToTeam((await browser.get('/learning')).text)).to.equal(false);
    }
    expect((await world().visitor().get('/team')).path).to.match(/^\/sign-in/);
  });
});
