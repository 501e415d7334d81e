import { expect } from 'chai';
import { isEasyPin } from '../../../../server/people/accounts/passwords/easy-pins.js';

describe('a PIN that guessers try early', () => {
  const easy: [string, readonly string[]][] = [
    ['one sign alone', ['00000000', 'aaaaaaaa']],
    ['steps', ['12345678', '87654321', 'abcdefgh']],
    ['a repeat', ['12341234', '47474747', 'abcabcabc', '1230012300']],
    ['the same backwards', ['12344321', '47811874']],
    ['a day', ['24121987', '12241987', '19871224', '24.12.1987', '12/24/1987', '1987-12-24', '01 01 2000']],
    ['known from thefts', ['password', 'football', '11223344', '87654321']],
  ];
  for (const [what, pins] of easy)
    it(`is ${what}`, () => {
      for (const pin of pins) expect(isEasyPin(pin), pin).to.equal(true);
    });

  it('is not what has none of these', () => {
    for (const pin of ['4711 north', '48209317', '90871265', 'kite42moss', '32121987', '24131987'])
      expect(isEasyPin(pin), pin).to.equal(false);
  });
});
