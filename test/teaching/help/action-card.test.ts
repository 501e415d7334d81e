import { expect } from 'chai';
import { actionCard, cardHref } from '../../../server/teaching/help/action-card.js';
import { countryOf } from '../../../server/teaching/help/hotlines.js';
import { ownContent } from '../../support/content/own-content.js';

const loaded = ownContent();
const { hotlines, cards } = loaded.content;
const reading = { now: Date.parse('2026-11-30'), inWords: (day: string) => day };
const own = { name: 'Duty manager', phone: '+47 22 33 44 55', hours: null, checkedOn: '2026-11-28' };

type Given = Parameters<typeof actionCard>[0];

function cardFor(code: string, role: string, given: Partial<Given> = {}, at = reading) {
  const country = countryOf(hotlines, code);
  const card = cards.find(each => each.role === role);
  if (!country || !card) throw new Error(`There is no card for ${code} ${role}`);
  return actionCard({ card, hotlines, country, organisation: 'Test', own: null, ...given }, at);
}

describe('the card “What do I do?”', () => {
  it('lists the organisation’s own hotline first, then one hotline and one child helpline', () => {
    const kinds = (code: string, given: Partial<Given> = {}) =>
      cardFor(code, 'volunteer', given).lines.map(({ kind }) => kind);
    expect(kinds('GB', { own })).to.deep.equal(['own', 'hotline', 'child-helpline']);
    for (const { code } of hotlines.countries) {
      expect(kinds(code), code).to.deep.equal(['hotline', 'child-helpline']);
    }
  });

  it('offers no hotline of immigration enforcement', () => {
    expect(
      cardFor('US', 'cabin-crew')
        .lines.map(({ name }) => name)
        .join(),
    ).to.not.include('Homeland');
  });

  it('changes its version exactly when what it says changes', () => {
    const version = (...given: Parameters<typeof cardFor>) => cardFor(...given).version;
    const plain = version('GB', 'driver');
    expect(plain).to.match(/^[0-9A-F]{4}-[0-9A-F]{4}$/);
    expect(version('GB', 'driver', {}, { ...reading, now: reading.now + 86_400_000 })).to.equal(plain);
    const others = [
      version('GB', 'volunteer'),
      version('CA', 'driver'),
      version('GB', 'driver', { own }),
      version('GB', 'driver', { own: { ...own, phone: '+47 22 33 44 56' } }),
      version('GB', 'driver', { organisation: 'Another' }),
    ];
    expect(new Set([plain, ...others]).size).to.equal(6);
  });

  it('is dated by the latest day on which a part was written or checked', () => {
    expect(cardFor('GB', 'driver').date).to.equal('2026-11-24');
    expect(cardFor('GB', 'driver', { own }).date).to.equal('2026-11-28');
  });

  it('leaves out the organisation’s own hotline once it has expired', () => {
    const old = { ...own, checkedOn: '2026-05-01' };
    expect(cardFor('GB', 'driver', { own: old }).lines).to.have.length(2);
    expect(cardFor('GB', 'driver', { own: old }).version).to.equal(cardFor('GB', 'driver').version);
    const stale = cardFor('GB', 'driver', { own: { ...own, checkedOn: '2026-08-01' } }).lines[0];
    expect(stale).to.include({ kind: 'own', stale: true });
  });

  it('has an address of the country in small letters and the role', () => {
    expect(cardHref('GB', 'driver')).to.equal('/card/gb/driver');
  });
});
