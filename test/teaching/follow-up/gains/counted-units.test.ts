import { expect } from 'chai';
import { figuresOf } from '../../../../server/teaching/follow-up/gains/gain-figures.js';
import {
  gainRows,
  measuredOrganisations,
} from '../../../../server/teaching/follow-up/gains/counted-gains.js';
import type { UnitLevel } from '../../../../server/teaching/follow-up/gains/counted-units.js';
import { otherOrganisation } from '../../../support/roles.js';
import { measured, type Score } from '../measured.js';
import { ownWorld } from '../../../support/world.js';

const pairedRows = async (organisationId: string, wanted: UnitLevel) =>
  (await gainRows(organisationId)).paired.filter(({ level }) => level === wanted);
const laterRows = async (organisationId: string, wanted: UnitLevel) =>
  (await gainRows(organisationId)).later.filter(({ level }) => level === wanted);

describe('figures of an organisation', () => {
  ownWorld();
  it('are means over its own people who finished both forms', async () => {
    const [ours, theirs] = [await otherOrganisation(), await otherOrganisation()];
    const before: Score[] = [
      ['a', 'a-1', 0],
      ['b', 'b-1', 100],
    ];
    const after: Score[] = [
      ['a', 'a-1', 50],
      ['b', 'b-1', 100],
    ];
    for (let n = 0; n < 5; n += 1)
      await measured(ours, { baseline: before, post: after, 'refresher-7': [['a', 'a-1', n < 2 ? 100 : 0]] });
    await measured(ours, { baseline: [['a', 'a-1', 100]] });
    await measured(ours, { 'refresher-7': [['a', 'a-1', 100]] });
    await measured(theirs, { baseline: after, post: before });

    const modules = await pairedRows(ours, 'module');
    expect(modules.map(({ unit, people, before: b, after: a }) => [unit, people, b, a])).to.deep.equal([
      ['a', 5, 0, 0.5],
      ['b', 5, 1, 1],
    ]);
    const [whole, ...more] = await pairedRows(ours, 'course');
    expect(more).to.deep.equal([]);
    expect(whole).to.deep.include({
      unit: 'airline-and-transport',
      module: null,
      people: 5,
      before: 0.5,
      after: 0.75,
    });
    expect(await pairedRows(ours, 'objective')).to.have.length(2);

    const [later] = await laterRows(ours, 'module');
    expect(later).to.deep.include({ unit: 'a', days: 7, people: 6, share: 0.5 });
    expect(later).to.deep.include({ pairedPeople: 5, pairedAfter: 0.5, pairedLater: 0.4 });

    const figures = await figuresOf(ours);
    const a = figures.find(({ unit }) => unit === 'a');
    expect(a?.gain).to.deep.equal({ people: 5, before: 0, after: 0.5, gain: 0.5 });
    // Six answered after seven days and five of them had a post-test: the one between them is not told.
    expect(a?.later[0]).to.deep.equal({ days: 7, all: { people: 6, share: 0.5 }, decay: null });
    expect((await figuresOf(theirs)).filter(({ gain }) => gain !== null)).to.deep.equal([]);
    const ids = (await measuredOrganisations()).map(({ id }) => id);
    expect(ids).to.include.members([ours, theirs]);
  });

  it('count people, not answers or cycles', async () => {
    const organisation = await otherOrganisation();
    const scores: Score[] = Array.from({ length: 6 }, (_, n) => ['a', `a-${n}`, 100]);
    await measured(organisation, { baseline: scores, post: scores });
    const [row] = await pairedRows(organisation, 'module');
    expect(row?.people).to.equal(1);
    expect((await figuresOf(organisation)).every(({ gain }) => gain === null)).to.equal(true);
  });

  it('are empty for an organisation where nobody has answered', async () => {
    expect(await figuresOf(await otherOrganisation())).to.deep.equal([]);
  });
});
