import { expect } from 'chai';
import { hashPassword, passwordFits } from '../../../../server/people/accounts/sign-in/passwords.js';
import { TooMany } from '../../../../server/errors.js';

describe('passwords', () => {
  it('are stored as argon2id with OWASP’s parameters and a salt each', async () => {
    const [one, two] = [await hashPassword('quiet harbour'), await hashPassword('quiet harbour')];
    for (const hash of [one, two])
      expect(hash).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/);
    expect(one).not.to.equal(two);
  });

  it('match only as they were typed', async () => {
    const hash = await hashPassword('Quiet harbour 7');
    expect(await passwordFits(hash, 'Quiet harbour 7')).to.equal(true);
    for (const other of ['quiet harbour 7', 'Quiet harbour 7 ', 'Quiet harbour', '', 'Quiet harbour 7\0x']) {
      expect(await passwordFits(hash, other), other).to.equal(false);
    }
  });

  it('count to the last byte', async () => {
    const long = 'x'.repeat(999);
    const hash = await hashPassword(`${long}a`);
    expect(await passwordFits(hash, `${long}a`)).to.equal(true);
    expect(await passwordFits(hash, `${long}b`)).to.equal(false);
    const withNul = await hashPassword('before\0after');
    expect(await passwordFits(withNul, 'before\0other')).to.equal(false);
  });

  it('match however their letters are composed', async () => {
    const hash = await hashPassword('blåbær'.normalize('NFD'));
    expect(await passwordFits(hash, 'blåbær'.normalize('NFC'))).to.equal(true);
  });

  it('never match without a stored hash, after the same work', async () => {
    expect(await passwordFits(null, 'nobody has this password')).to.equal(false);
    expect(await passwordFits(null, '')).to.equal(false);

    const checked: string[] = [];
    const check: Parameters<typeof passwordFits>[2] = stored => {
      checked.push(String(stored));
      return Promise.resolve(true);
    };
    expect(await passwordFits(null, 'any', check)).to.equal(false);
    expect(await passwordFits(await hashPassword('any'), 'any', check)).to.equal(true);
    const figures = checked.map(stored => /^(\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+)\$/.exec(stored)?.[1]);
    expect(figures).to.have.length(2);
    expect(figures[0]).to.be.a('string').and.equal(figures[1]);
  });

  it('are hashed two at a time; beyond two hundred waiting, people are asked to come back', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 206 }, () => hashPassword('quiet harbour')),
    );
    const refused = answers.filter(answer => answer.status === 'rejected');
    expect(refused).to.have.length(4);
    for (const { reason } of refused)
      expect(reason).to.be.an.instanceOf(TooMany).and.include({ retryAfter: 10 });
    expect(await hashPassword('quiet harbour')).to.be.a('string');
  });
});
