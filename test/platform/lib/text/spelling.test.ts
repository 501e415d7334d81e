import { expect } from 'chai';
import { nearestWord } from '../../../../server/platform/lib/text/spelling.js';

describe('the nearest word', () => {
  const known = ['SMTP_URL', 'SECRET_KEY', 'TIME_ZONE'];

  const slips: [string, string][] = [
    ['SMTP_ULR', 'SMTP_URL'],
    ['SMTPURL', 'SMTP_URL'],
    ['smtp_url', 'SMTP_URL'],
    ['SECRETS_KEYS', 'SECRET_KEY'],
    ['TIMEZONE', 'TIME_ZONE'],
  ];
  for (const [typed, meant] of slips)
    it(`of ${typed} is ${meant}`, () => expect(nearestWord(typed, known)).to.equal(meant));

  it('is null when three letters differ', () => {
    for (const word of ['HTTP_ULR', 'SECRET', 'TZ', '']) expect(nearestWord(word, known)).to.equal(null);
  });

  it('is the nearer of two', () => {
    expect(nearestWord('abcd', ['abzz', 'abcz'])).to.equal('abcz');
  });
});
