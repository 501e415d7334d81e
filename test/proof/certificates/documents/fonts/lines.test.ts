import { expect } from 'chai';
import { fitText, widthOf } from '../../../../../server/proof/certificates/documents/fonts/lines.js';

const WIDTH = 120;
const steps = [
  { size: 12, lines: 1 },
  { size: 9, lines: 99 },
] as const;
const set = (text: string) => fitText({ text, weight: 'regular', width: WIDTH, steps });

describe('lines', () => {
  it('take as many words as fit, and no more', () => {
    const text = 'Seen in the log of issued certificates: ab12 cd34 ef56 7890 ab12 cd34 ef56 7890 and so on';
    const { lines, size, face } = set(text);
    expect(lines.join(' ')).to.equal(text);
    expect(lines.length).to.be.greaterThan(2);
    lines.forEach((line, at) => {
      expect(widthOf(line, face, size), line).to.be.at.most(WIDTH);
      const following = lines[at + 1]?.split(' ')[0];
      if (following) expect(widthOf(`${line} ${following}`, face, size), line).to.be.greaterThan(WIDTH);
    });
  });

  it('break only a word that is too wide alone, and go on after what is left of it', () => {
    const long = 'abcdefghij'.repeat(6);
    const { lines } = set(`Short ${long} end`);
    expect(lines[0]).to.equal('Short');
    expect(lines.join('').replaceAll(' ', '')).to.equal(`Short${long}end`);
    expect(lines.at(-1)).to.match(/^[a-j]+ end$/);
  });

  it('are one where the text fits, at the largest size at which it does', () => {
    expect(set('Ada Marlow'))
      .to.include({ size: 12 })
      .and.to.have.property('lines')
      .deep.equal(['Ada Marlow']);
  });
});
