import { expect } from 'chai';
import { isToFindUnit, unitChoice } from '../../../../server/people/organisations/units/unit-choice.js';

const units = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ value: `id-${at}`, label: `Région ${at % 7} › Base ${at}` }));

describe('the choice of a unit', () => {
  const none = { chosen: '', query: '' };

  it('is a list of all where they are few', () => {
    expect(unitChoice(units(100), none)).to.deep.equal({ query: null, options: units(100), more: 0 });
  });

  it('begins with none where they are many, but for the one that is chosen', () => {
    expect(unitChoice(units(2_000), none)).to.deep.equal({ query: '', options: [], more: 0 });
    const { options } = unitChoice(units(2_000), { chosen: 'id-7', query: '' });
    expect(options.map(({ value }) => value)).to.deep.equal(['id-7']);
  });

  it('finds units by the beginnings of words, whatever their case and accents, and says how many are left out', () => {
    const found = (query: string) => unitChoice(units(2_000), { chosen: '', query });
    expect(found('base 1999').options.map(({ value }) => value)).to.deep.equal(['id-1999']);
    expect(found('REGION 4 base 11')).to.include({ more: 0 });
    expect(found('region')).to.include({ more: 1_980 });
    expect(found('nowhere')).to.deep.equal({ query: 'nowhere', options: [], more: 0 });
  });

  it('is looked for again when another name was typed and nobody has seen what it finds', () => {
    expect(isToFindUnit({ find: 'unit', unitQuery: '', unitFound: '' })).to.equal(true);
    expect(isToFindUnit({ unitQuery: 'oslo', unitFound: '' })).to.equal(true);
    expect(isToFindUnit({ unitQuery: 'oslo', unitFound: 'oslo', unit: 'id-1' })).to.equal(false);
    expect(isToFindUnit({ unit: 'id-1' })).to.equal(false);
  });
});
