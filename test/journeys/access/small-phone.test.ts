import { expect } from 'chai';
import { displayCode } from '../../../server/platform/lib/ids.js';
import { holder } from '../../support/holders.js';
import { visit } from '../browsing/visit.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

/** The smallest screen that is in people's hands, in CSS pixels. */
const PHONE = { width: 320, height: 640 };

describe('the check of a certificate on a small phone', () => {
  ownWorld();

  it('shows verdict, name, course and end without scrolling, and nothing overflows', async () => {
    const { certificate } = await holder();
    const { page, expectQuiet, close } = await visit(null, { viewport: PHONE });
    await page.goto(`/verify/${displayCode(certificate.code)}`);
    for (const word of [
      said('verify.valid'),
      said('verify.nameOn'),
      said('verify.course'),
      said('components.validUntil'),
    ]) {
      const seen = page.locator('.verdict').getByText(word, { exact: true });
      const box = await seen.boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0), word).to.be.at.most(PHONE.height);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(PHONE.width);
    expectQuiet();
    await close();
  });
});
