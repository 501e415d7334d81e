import { expect } from 'chai';
import { signatureFault } from '../../../../server/platform/lib/text/typed-signature.js';

describe('a typed signature', () => {
  const account = 'Żaneta O’Brien-Müller';

  for (const typed of [
    account,
    'zaneta obrien muller'.replace('obrien', "o'brien"),
    ' O’Brien-Müller, Żaneta ',
  ])
    it(`is the name of the account: ${typed}`, () => expect(signatureFault(typed, account)).to.equal(null));

  for (const typed of ['Żaneta', 'Żaneta O’Brien', 'Otto Vik', 'Żaneta Żaneta O’Brien-Müller'])
    it(`is another name: ${typed}`, () => expect(signatureFault(typed, account)).to.equal('other'));

  for (const typed of ['', '  ', '...', 'Żaneta\nO’Brien', 'a'.repeat(201)])
    it(`is missing: ${JSON.stringify(typed).slice(0, 20)}`, () =>
      expect(signatureFault(typed, account)).to.equal('missing'));
});
