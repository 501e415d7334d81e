import { expect } from 'chai';
import { isCommonPassword } from '../../../../server/people/accounts/passwords/common-passwords.js';
import { isOwnWords } from '../../../../server/people/accounts/passwords/own-words.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';

describe('passwords that are known from thefts', () => {
  it('are found, whatever their case, also with digits and signs around', () => {
    for (const password of [
      'qwerty123456',
      '1q2w3e4r5t6y',
      'Qwerty123456',
      'ILOVEYOU1234',
      'sunshine2026!',
      '123princess!',
    ])
      expect(isCommonPassword(password), password).to.equal(true);
  });

  it('are not what somebody thinks of by words or by chance', () => {
    for (const password of [
      'quiet harbour 7 lanterns',
      'seven green kites at noon',
      'Blåbærsyltetøy på søndag',
      'vK3$uWq9!zRt2m',
    ])
      expect(isCommonPassword(password), password).to.equal(false);
  });

  it('are mixed up with hardly any other', () => {
    const others = Array.from({ length: 20_000 }, (_, at) => sha256(`other ${at}`).slice(0, 24));
    expect(others.filter(isCommonPassword).length).to.be.below(20);
  });
});

describe('passwords of known words', () => {
  const owner = { name: 'Zoë Marlow', email: 'zoe.m@harbour-air.example' };

  it('have little in them but name, address and this site', () => {
    for (const password of [
      'ZoeMarlow1990',
      'marlow.zoe.2026',
      'SafePassage12',
      'Harbour-Air 1234',
      'training training',
    ])
      expect(isOwnWords(password, owner), password).to.equal(true);
  });

  it('are others once enough is added', () => {
    for (const password of [
      'zoe and seven kites',
      'my training began in May',
      '!!!!&&&&%%%%',
      'a b c d e f g h i',
    ])
      expect(isOwnWords(password, owner), password).to.equal(false);
    expect(isOwnWords('ZoeMarlow1990', {})).to.equal(false);
  });
});
