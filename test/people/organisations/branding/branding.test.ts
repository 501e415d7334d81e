import { expect } from 'chai';
import { Resvg } from '@resvg/resvg-js';
import { contrast } from '../../../../server/platform/lib/contrast.js';
import { drawLogo } from '../../../../server/people/organisations/branding/logo-picture.js';
import { faultOf } from '../../../../server/people/organisations/branding/passing-colour.js';

/** A red picture. */
const picture = (width: number, height: number): Buffer =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#c00"/></svg>`,
  )
    .render()
    .asPng();

describe('a colour of an organisation', () => {
  it('passes with a contrast of 4.5 to the page of its scheme', () => {
    expect(faultOf('colour', '#0b4a57')).to.equal(null);
    expect(faultOf('darkColour', '#7fd1e0')).to.equal(null);
    expect(faultOf('colour', '#767676')).to.equal(null);
    expect(faultOf('colour', '#777777')).to.not.equal(null);
  });

  it('is refused with its contrast and the nearest that passes', () => {
    const light = faultOf('colour', '#ffcc00');
    expect(light?.ratio).to.be.closeTo(1.5, 0.05);
    expect(contrast(light?.nearest ?? '', '#ffffff')).to.be.within(4.5, 4.8);
    expect(contrast(faultOf('darkColour', '#0b4a57')?.nearest ?? '', '#0f1e23')).to.be.within(4.5, 4.8);
  });
});

describe('the logo of an organisation', () => {
  it('is drawn anew: what is hidden in the file does not survive', () => {
    const file = Buffer.concat([picture(20, 10), Buffer.from('a secret at the end')]);
    const logo = drawLogo(file);
    if (typeof logo === 'string') throw new Error(logo);
    expect([logo.width, logo.height]).to.deep.equal([20, 10]);
    expect(logo.png.includes('secret')).to.equal(false);
  });

  it('is made to fit, in its own proportions', () => {
    const logo = drawLogo(picture(960, 120));
    if (typeof logo === 'string') throw new Error(logo);
    expect([logo.width, logo.height]).to.deep.equal([240, 30]);
  });

  it('is refused where it is no picture, broken, or too large to be decoded', () => {
    const broken = picture(20, 10);
    broken[60] = (broken[60] ?? 0) ^ 255;
    const huge = picture(20, 10);
    for (const at of [16, 20]) huge.writeUInt32BE(100_000, at);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    for (const file of [
      Buffer.alloc(0),
      Buffer.from('GIF89a'),
      svg,
      broken,
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    ])
      expect(drawLogo(file)).to.equal('errors.logo-kind');
    expect(drawLogo(huge)).to.equal('errors.logo-pixels');
    // The header of a JPEG of 65,535 by 65,535.
    const jpeg = Buffer.from('ffd8ffe000044a46ffc0000b08ffffffff0101110000', 'hex');
    expect(drawLogo(jpeg)).to.equal('errors.logo-pixels');
  });
});
