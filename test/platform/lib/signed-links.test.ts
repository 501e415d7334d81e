import { expect } from 'chai';
import { randomBytes, randomUUID } from 'node:crypto';
import { mailLinks, readLink, signLink } from '../../../server/platform/lib/signed-links.js';

const key = randomBytes(32);

describe('a mailed link', () => {
  const id = randomUUID();
  const token = signLink('refresher', id, key);

  it('names its refresher, and is valid for its purpose alone', () => {
    expect(readLink('refresher', token, key)).to.equal(id);
    expect(readLink('opt-out', token, key)).to.equal(null);
    expect(readLink('refresher', signLink('opt-out', id, key), key)).to.equal(null);
  });

  it('cannot be forged, changed, cut or lengthened', () => {
    const [, mac = ''] = token.split('.');
    const others = [
      '',
      '.',
      id,
      `${id}.`,
      `${randomUUID()}.${mac}`,
      `${id}.${mac.slice(1)}`,
      `${token}A`,
      token.toUpperCase(),
      `${id}.${mac.slice(0, -1)}${mac.endsWith('A') ? 'B' : 'A'}`,
      `${id}\0.${mac}`,
      'ü'.repeat(80),
    ];
    for (const other of others) expect(readLink('refresher', other, key), other).to.equal(null);
    expect(readLink('refresher', token, randomBytes(32))).to.equal(null);
  });

  it('has only characters that need no encoding', () => {
    const { questions, optOut } = mailLinks('https://training.example', id, key);
    expect(questions).to.match(/^https:\/\/training\.example\/follow-up\/refresher\?token=[\w.-]+$/);
    expect(optOut).to.match(/^https:\/\/training\.example\/follow-up\/opt-out\?token=[\w.-]+$/);
  });
});
