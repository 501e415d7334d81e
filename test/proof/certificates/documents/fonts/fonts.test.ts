import { expect } from 'chai';
import { canDraw, chainFor, font } from '../../../../../server/proof/certificates/documents/fonts/fonts.js';

describe('the fonts', () => {
  it('are tried in order, and only those whose script occurs', () => {
    expect(chainFor('Ada', 'bold')).to.deep.equal(['radio-canada-600', 'noto-sans-600']);
    expect(chainFor('علي', 'regular')).to.include('noto-sans-arabic-400').and.not.include('noto-sans-sc-600');
    expect(chainFor('王', 'bold').slice(2)).to.deep.equal([
      'noto-sans-sc-600',
      'noto-sans-jp-600',
      'noto-sans-kr-600',
    ]);
    expect(chainFor('王', 'code')).to.deep.equal(['noto-sans-mono-500']);
  });

  it('contain the letters of most people’s names', () => {
    for (const [name, letters] of [
      ['noto-sans-600', 'ĐỗỞ ΆἈ ЖѢ ळक्ष'],
      ['noto-sans-arabic-600', 'پچگیکءٱ'],
      ['noto-sans-hebrew-600', 'אךּ־'],
      ['noto-sans-thai-600', 'ฮำ์'],
      ['noto-sans-sc-600', '喆堃祎㐂'],
      ['noto-sans-jp-600', '髙﨑𠮷濵さー'],
      ['noto-sans-kr-600', '뷁힣'],
    ] as const)
      expect(canDraw(name, letters), name).to.equal(true);
  });

  it('map each glyph to the text at its place, not where it was first used', () => {
    const meanings = (text: string) =>
      font('noto-sans-arabic-600')
        .layout(text, [])
        .glyphs.map(glyph => String.fromCodePoint(...glyph.codePoints))
        .filter(Boolean);
    // Reh, and zain, which is drawn as reh and a dot.
    for (const letter of ['\u0631', '\u0632', '\u0631']) expect(meanings(letter)).to.deep.equal([letter]);
  });

  it('lay a text out once, and let nobody change the places of its glyphs', () => {
    const layOut = () => font('radio-canada-400').layout('Certificate of completion', []);
    const { positions, advanceWidth } = layOut();
    for (const position of positions)
      expect(() => Object.assign(position, { xAdvance: position.xAdvance * 2 })).to.throw(TypeError);
    expect(layOut().positions).to.equal(positions);
    expect(layOut().advanceWidth).to.equal(advanceWidth).and.greaterThan(0);
  });
});
