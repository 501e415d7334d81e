import { expect } from 'chai';
import { readName } from '../../../../server/proof/certificates/holder/printable-name.js';

const read = (typed: string) => {
  const found = readName(typed);
  return found.ok ? found.name : found.error;
};

describe('a name as a certificate prints it', () => {
  const kept = [
    'Ada Marlow',
    'Zoë Łukasz-Ångström',
    "O'Brien",
    'Αλεξάνδρα Παπαδοπούλου',
    'Екатерина Щербакова',
    'محمد بن سلمان',
    'שרה כהן',
    'क्षितिज शर्मा',
    'ณัฐวุฒิ',
    '山田太郎',
    '김민준',
    'مریم می\u200cخواهم',
    'J. R. R. Tolkien 3rd',
  ];
  for (const name of kept) {
    it(`keeps ${name}`, () => {
      expect(readName(name)).to.deep.equal({ ok: true, name: name.normalize('NFC'), leftOut: false });
    });
  }

  it('removes emoji, flags, keycaps and joined pictures, and says so', () => {
    for (const typed of [
      'Ada 🌊 Marlow',
      'Ada 👩‍🚒 Marlow',
      'Ada 🇳🇴 Marlow',
      'Ada 1️⃣ Marlow',
      'Ada ❤️ Marlow',
      'Ada 👋🏽 Marlow',
    ])
      expect(readName(typed), typed).to.deep.equal({ ok: true, name: 'Ada Marlow', leftOut: true });
  });

  it('removes controls, direction marks, invisible spaces and lone surrogates', () => {
    for (const sign of ['\u0000', '\u0007', '\u202e', '\u2066', '\u200b', '\ud800', '\ue000', '\u{e0041}'])
      expect(readName(`Ada${sign} Marlow`), sign).to.deep.equal({
        ok: true,
        name: 'Ada Marlow',
        leftOut: true,
      });
  });

  it('normalises spaces and spellings without saying so', () => {
    expect(readName('  Ada \t Marlow\n')).to.deep.equal({ ok: true, name: 'Ada Marlow', leftOut: false });
    expect(read('Zoe\u0308')).to.equal('Zoë');
  });

  it('refuses a name of which nothing is left', () => {
    for (const typed of ['', '   ', '🌊', '\u202e', '-', '…', '\u0301'])
      expect(read(typed), JSON.stringify(typed)).to.equal('errors.name');
  });

  it('accepts 1 to 200 letters as a reader counts them', () => {
    expect(read('A')).to.equal('A');
    expect(read('ä'.repeat(200))).to.have.length(200);
    expect(read('e\u0301\u0323'.repeat(201))).to.equal('errors.name-long');
    expect(read('a'.repeat(201))).to.equal('errors.name-long');
    expect(read(`${'a'.repeat(200)}${'🌊'.repeat(50)}`)).to.have.length(200);
  });
});
