import { expect } from 'chai';
import { courseVersion } from '../../../../../server/teaching/courses/catalogue.js';
import type { CertificateFacts } from '../../../../../server/proof/certificates/queries.js';
import { setDiscreet } from '../../../../../server/people/accounts/people.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import { plain } from '../../../../support/pages.js';
import { signedInHolder } from '../../../../support/holders.js';
import { ownWorld, world } from '../../../../support/world.js';

const visit = (path: string, headers: Record<string, string> = {}) => world().visitor().get(path, headers);
const lower = (html: string) => plain(html).toLowerCase();

async function held() {
  const { holder, certificate, cycle } = await signedInHolder();
  const { snapshot, slug, number } = await courseVersion(cycle.courseVersionId);
  if (!snapshot.certificate) throw new Error('The course says nothing for its certificates');
  return {
    holder,
    certificate,
    snapshot,
    ...snapshot.certificate,
    achievement: `/achievements/${slug}/v${number}`,
  };
}

const signedIn = ({ credential }: CertificateFacts) =>
  (
    JSON.parse(credential ?? '') as {
      credentialSubject: { achievement: { name: string; description: string } };
    }
  ).credentialSubject.achievement;

describe('the subject of a certificate', () => {
  ownWorld();
  it('and what was assessed are named to everybody who checks it, and nothing that the course tells its learners', async () => {
    const { holder, certificate, subject, showed, snapshot, achievement } = await held();
    const home = `/certificates/${certificate.id}`;
    await holder.browser.get(`${home}/sharing`);
    const { text } = await holder.browser.submit(`${home}/share-links`, { days: '7' });
    const [, shared = 'no link'] = /(\/shared\/[\w-]+)/.exec(text) ?? [];
    for (const path of [`/verify/${displayCode(certificate.code)}`, shared, achievement]) {
      const page = lower((await visit(path, { accept: 'text/html' })).text);
      expect(page, path).to.include(subject).and.include(showed.toLowerCase());
      expect(page, path).to.not.include(plain(snapshot.summary).toLowerCase());
    }
    const signed = signedIn(certificate);
    expect(signed.name).to.equal(`${snapshot.title}: ${subject}`);
    expect(signed.description).to.include(subject).and.include(showed).and.not.include(snapshot.summary);
    const machine = await visit(`/verify/${displayCode(certificate.code)}`, { accept: 'application/json' });
    expect(JSON.parse(machine.text)).to.include({ verdict: 'valid', subject, assessed: showed });
  });

  it('stands on the holder’s own page, but not while the holder is discreet', async () => {
    const { holder, certificate, subject } = await held();
    const home = `/certificates/${certificate.id}`;
    expect(lower((await holder.browser.get(home)).text)).to.include(subject);
    await setDiscreet(holder.id, true);
    expect(lower((await holder.browser.get(home)).text)).to.not.include(subject);
  });
});
