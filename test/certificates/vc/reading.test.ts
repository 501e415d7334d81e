import { expect } from 'chai';
import { readSigned } from '../../../server/certificates/vc/reading.js';
import { AWARDED, DAY, DID, issue, keyFrom } from './sample.js';

describe('readSigned', () => {
  it('gives back what was signed, and the key', async () => {
    const key = await keyFrom('issuer');
    const { text } = await issue(key, { name: 'Zoe\u0308', organisationName: '[A] *B*' });
    expect(readSigned(text)).to.deep.equal({
      name: 'Zoë',
      course: {
        title: 'Airline and transport',
        summary: 'Recognising and reporting child trafficking.',
        version: '3',
      },
      issuer: { did: DID, name: 'Safe Passage Example' },
      awardedAt: AWARDED,
      validUntil: AWARDED + 365 * DAY,
      narrative:
        'Has completed awareness training of about 180 minutes, arranged by [A] *B*. The name was stated by the ' +
        'holder. The test was taken online and not watched by an examiner (unproctored).',
      key: key.keyId,
    });
  });

  it('knows a certificate without an end', async () => {
    const { text } = await issue(await keyFrom('issuer'), { validUntil: null });
    expect(readSigned(text).validUntil).to.equal(null);
  });
});
