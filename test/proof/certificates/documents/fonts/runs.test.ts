import { expect } from 'chai';
import { faceFor, runsOf } from '../../../../../server/proof/certificates/documents/fonts/runs.js';

/** Runs as "font: what is drawn", from left to right. */
const drawn = (line: string) =>
  runsOf(line, faceFor(line, 'bold')).map(run => `${run.font.replace('noto-sans-', '')}: ${run.drawn}`);

describe('runsOf', () => {
  it('keeps one font for a line that it can draw', () => {
    expect(drawn('Zoë Łukasz')).to.deep.equal(['radio-canada-600: Zoë Łukasz']);
    expect(drawn('Иван Щербаков')).to.deep.equal(['600: Иван Щербаков']);
    expect(drawn('Иван Smith')).to.deep.equal(['600: Иван Smith']);
    expect(drawn('王小明 Wang')).to.deep.equal(['sc-600: 王小明 Wang']);
  });

  it('draws Arabic as one run in reading order: the font reverses it', () => {
    expect(drawn('علي محمد')).to.deep.equal(['arabic-600: علي محمد']);
  });

  it('orders a line by the direction of its first letter', () => {
    expect(drawn('أحمد علي John Smith')).to.deep.equal(['arabic-600: John Smith', 'arabic-600: أحمد علي ']);
    expect(drawn('Ali أحمد Smith')).to.deep.equal([
      'arabic-600: Ali ',
      'arabic-600: أحمد',
      'arabic-600:  Smith',
    ]);
    expect(drawn('محمد 123 علی').map(run => run.split(': ')[1]?.trim())).to.deep.equal([
      'علی',
      '123',
      'محمد',
    ]);
  });

  it('mirrors brackets in a text line from the right', () => {
    expect(drawn('דוד (בן)')).to.deep.equal(['hebrew-600: דוד )בן(']);
  });

  it('draws Persian digits from the left', () => {
    expect(drawn('علی ۱۲۳')).to.deep.equal(['arabic-600: ۳۲۱', 'arabic-600: علی ']);
  });

  it('chooses the East Asian font that fits the other letters', () => {
    expect(drawn('佐藤')).to.deep.equal(['sc-600: 佐藤']);
    expect(drawn('佐藤 さくら')).to.deep.equal(['jp-600: 佐藤 さくら']);
    expect(drawn('金 민준')).to.deep.equal(['kr-600: 金 민준']);
    expect(drawn('𠮷野')).to.deep.equal(['jp-600: 𠮷野']);
  });

  it('orders marks as fonts stack them', () => {
    expect(drawn('مُحَمَّد'.normalize('NFC'))[0]).to.include('\u0645\u0651\u064e');
    expect(drawn('น้ำ')).to.deep.equal(['thai-600: น\u0e4d้\u0e32']);
  });

  it('replaces only characters that no font has, and keeps the original', () => {
    const runs = runsOf('Wang தமிழ்', faceFor('Wang தமிழ்', 'bold'));
    expect(runs.map(run => run.drawn).join('')).to.match(/^Wang \ufffd+$/);
    expect(runs.map(run => run.text).join('')).to.equal('Wang தமிழ்');
  });

  it('ignores what has no glyph to draw', () => {
    expect(drawn('A\u200dB\u200f')).to.deep.equal(['radio-canada-600: A\u200dB']);
  });
});
