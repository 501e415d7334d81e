import { expect } from 'chai';
import { readSigned } from '../../../server/proof/open-badges/signed-facts.js';
import { AWARDED, DAY, DID, facts, issue, keyFrom } from './sample.js';

/** A course whose file says what its certificates are about. */
const about = {
  ...facts.course,
  certificate: {
    subject: 'noticing child sex trafficking',
    showed: 'The holder showed how: once, twice. And again.',
  },
};

function signedIn(text: string) {
  const { name, credentialSubject } = JSON.parse(text) as {
    name: string;
    credentialSubject: { achievement: { name: string; description: string } };
  };
  return { name, achievement: credentialSubject.achievement };
}

describe('readSigned', () => {
  it('returns what was signed, and the key', async () => {
    const key = await keyFrom('issuer');
    const { text } = await issue(key, { name: 'Zoe\u0308', organisationName: '[A] *B*' });
    const signed = JSON.parse(text) as { credentialSubject: { narrative: string } };
    // Without the marks that keep Markdown from reading the name of the organisation.
    const narrative = signed.credentialSubject.narrative.replaceAll('\\', '');
    expect(narrative).to.include('[A] *B*');
    expect(readSigned(text)).to.deep.equal({
      name: 'Zoë',
      course: {
        title: 'Airline and transport',
        subject: null,
        showed: 'Passed every module quiz and the final assessment.',
        version: '3',
      },
      issuer: { did: DID, name: 'Safe Passage Example' },
      awardedAt: AWARDED,
      validUntil: AWARDED + 365 * DAY,
      narrative,
      results: [
        { title: 'Foundations', percent: 92, requiredPercent: 80 },
        { title: 'Reporting', percent: 100, requiredPercent: 80 },
      ],
      key: key.keyId,
    });
  });

  it('returns the subject and what was assessed, from the signed achievement', async () => {
    const { text } = await issue(await keyFrom('issuer'), { course: about });
    expect(readSigned(text).course).to.deep.equal({ title: about.title, version: '3', ...about.certificate });
    const { name, achievement } = signedIn(text);
    expect(name).to.equal(about.title);
    for (const said of [achievement.name, achievement.description])
      expect(said).to.include(about.certificate.subject);
    expect(achievement.description).to.include(about.certificate.showed).and.not.include(about.summary);
  });

  it('finds no subject in the description of an older course', async () => {
    const older = { ...facts.course, summary: 'Awareness training in noticing. You learn: more.' };
    const { text } = await issue(await keyFrom('issuer'), { course: older });
    expect(readSigned(text).course).to.include({ subject: null, showed: older.criteria, title: older.title });
  });

  it('reads a certificate without an end', async () => {
    const { text } = await issue(await keyFrom('issuer'), { validUntil: null });
    expect(readSigned(text).validUntil).to.equal(null);
  });
});
