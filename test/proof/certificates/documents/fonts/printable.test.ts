import { expect } from 'chai';
import { isWhole, printable } from '../../../../../server/proof/certificates/documents/fonts/printable.js';

describe('printable', () => {
  it('leaves names unchanged in every script', () => {
    for (const name of ['Zoë Łukasz', 'علي محمد', 'आरती', 'น้ำ', '王小明', 'Ann®', 'O’Neill-3rd']) {
      expect(printable(name)).to.equal(name);
      expect(isWhole(name), name).to.equal(true);
    }
  });

  it('removes emoji, and says so', () => {
    for (const name of ['👩‍✈️ Ada Marlow', 'Ada 🇳🇴 Marlow', 'Ada ❤️ Marlow 1️⃣', 'Ada ☺ Marlow']) {
      expect(printable(name)).to.equal('Ada Marlow');
      expect(isWhole(name), name).to.equal(false);
    }
    expect(printable('👩‍✈️')).to.equal('—');
  });

  it('removes direction overrides', () => {
    expect(printable('Ada \u202eMarlow\u202c')).to.equal('Ada Marlow');
  });

  it('says what the fonts lack', () => {
    expect(isWhole('தமிழ்')).to.equal(false);
  });
});
