import { expect } from 'chai';
import { runsOf } from '../../../server/certificates/pdf/fonts.js';

/** Runs as "font: what is drawn", from left to right. */
const drawn = (line: string) =>
  runsOf(line, 'bold').map(run => `${run.font}: ${run.drawn.replace(/\u00a0/g, '_')}`);

describe('runsOf', () => {
  it('keeps one font for a line that it can draw', () => {
    expect(drawn('Zoë Łukasz')).to.deep.equal(['radio-canada-600: Zoë Łukasz']);
    expect(drawn('Иван Щербаков')).to.deep.equal(['noto-sans-600: Иван Щербаков']);
    expect(drawn('Иван Smith')).to.deep.equal(['noto-sans-600: Иван Smith']);
  });

  it('joins Arabic words so that they keep their order', () => {
    expect(drawn('علي محمد')).to.deep.equal(['noto-sans-arabic-600: علي_محمد']);
  });

  it('draws a line that begins in Arabic from the right, and its Latin words from the left', () => {
    expect(drawn('أحمد علي John Smith')).to.deep.equal([
      'radio-canada-600: John Smith ',
      'noto-sans-arabic-600: أحمد_علي',
    ]);
    expect(drawn('Ali أحمد')).to.deep.equal(['radio-canada-600: Ali ', 'noto-sans-arabic-600: أحمد']);
  });

  it('replaces only what no font holds, and remembers what it was', () => {
    const runs = runsOf('Wang 王小', 'bold');
    expect(runs.map(run => run.drawn).join('')).to.equal('Wang \ufffd\ufffd');
    expect(runs.map(run => run.text).join('')).to.equal('Wang 王小');
  });

  it('ignores what has no glyph to draw', () => {
    expect(drawn('A\u200dB')).to.deep.equal(['radio-canada-600: A\u200dB']);
  });
});
