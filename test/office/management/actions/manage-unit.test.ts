import { expect } from 'chai';
import { requestName } from '../../../../server/proof/certificates/holder/name-corrections.js';
import { certificateOf, type CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { person, signedIn, type Person } from '../../../support/people.js';
import { placeIn, unitIn } from '../../../support/organisations.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { almostThrough, course } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

describe('the manager of a unit', () => {
  ownWorld();
  let organisation: string;
  let luc: Person;
  let own: CertificateFacts;
  let foreign: CertificateFacts;
  let unplaced: CertificateFacts;
  let ofLuc: CertificateFacts;

  before(async () => {
    organisation = await otherOrganisation();
    const europe = await unitIn(organisation);
    const [lyon, oslo] = [await unitIn(organisation, europe), await unitIn(organisation, europe)];
    luc = await signedIn({ name: 'Luc Moreau' });
    await appoint(luc, 'manager', organisation, lyon);
    own = await certificateIn(lyon);
    foreign = await certificateIn(oslo);
    unplaced = await certificateIn(null);
    ofLuc = await certificateOfPerson(luc, lyon);
  });

  const status = async (path: string) => (await luc.browser.get(path)).status;

  it('lists the certificates of the people there, and of nobody else', async () => {
    const { text } = await luc.browser.get(`/team/certificates?organisation=${organisation}`);
    const listed = linksIn(text, /^\/certificates\/[^/]+$/);
    expect(listed).to.have.members([`/certificates/${own.id}`, `/certificates/${ofLuc.id}`]);
    expect(text).to.include(`/certificates/${own.id}/revocation`);
    expect(text).not.to.include(`/certificates/${ofLuc.id}/revocation`);
  });

  it('opens and decides about their certificates, and gets 404 for every other', async () => {
    const pages = ['', '/audit-pack.zip', '/suspension', '/correction', '/revocation'];
    for (const page of pages) {
      expect(await status(`/certificates/${own.id}${page}`), page).to.equal(200);
      for (const { id } of [foreign, unplaced])
        expect(await status(`/certificates/${id}${page}`), page).to.equal(404);
    }
    expect(await status(`/certificates/${ofLuc.id}/revocation`)).to.equal(403);
  });

  it('lists and decides their requests for another name alone', async () => {
    for (const certificate of [own, foreign])
      await requestName(certificate, { name: 'Adele Marlow', why: 'Married' }, Date.now());
    const { text } = await luc.browser.get('/name-requests');
    const [request, ...others] = linksIn(text, /^\/name-requests\//);
    expect(others).to.deep.equal([]);
    expect(await status(request ?? '')).to.equal(200);
  });

  it('gets 404 for what counts or changes the whole organisation, and no link to it', async () => {
    const pages = [
      `/admin/follow-up?organisation=${organisation}`,
      `/admin/follow-up.csv?organisation=${organisation}`,
      '/admin/follow-up',
      `/admin/signals?organisation=${organisation}`,
      '/admin/signals',
      `/organisations/${organisation}/shown-name`,
      `/organisations/${organisation}/paper`,
      `/organisations/${organisation}/evidence`,
      `/organisations/${organisation}/evidence/audit-pack`,
    ];
    for (const page of pages) expect(await status(page), page).to.equal(404);
    const { text } = await luc.browser.get('/team');
    expect(linksIn(/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '', /^\//)).to.have.members([
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
    ]);
  });

  async function certificateIn(unit: string | null): Promise<CertificateFacts> {
    return certificateOfPerson(await person({ name: 'Ada Marlow' }), unit);
  }

  async function certificateOfPerson(somebody: Person, unit: string | null): Promise<CertificateFacts> {
    const { id: userId } = somebody;
    if (unit) await placeIn(somebody, unit);
    const cycle = await enrol({
      userId,
      organisationId: organisation,
      course: await course('volunteers'),
      now: Date.now(),
    });
    await almostThrough(cycle, []);
    const certificate = await certificateOf(cycle.id);
    if (!certificate) throw new Error('No certificate was issued');
    return certificate;
  }
});
