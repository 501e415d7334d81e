import { expect } from 'chai';
import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { on, person, version } from '../timeline/one-person.js';

/** A second version gives 300 days where the first gave 30; a third takes it back an hour later. */
const facts = person(
  {},
  {
    versions: [
      version(1, '2025-01-01'),
      { ...version(2, '2025-03-01', { firstDue: { after: 'joined', days: 300 } }), recordedAt: 1_000 },
      {
        ...version(3, '2025-03-01', { firstDue: { after: 'joined', days: 300 } }),
        recordedAt: 2_000,
        undoes: 'version-2',
      },
    ],
  },
);

describe('a version that was undone', () => {
  it('leaves every day as if it had never been', () => {
    const known = asKnown(facts, NOW);
    const alone = asKnown({ ...facts, versions: facts.versions.slice(0, 1) }, NOW);
    for (const day of ['2025-01-15', '2025-03-01', '2025-06-01'])
      expect(on(known, day)).to.deep.equal(on(alone, day));
  });

  it('stays known as what was said until then', () => {
    expect(on(asKnown(facts, 1_500), '2025-03-01')?.because.versionId).to.equal('version-2');
    expect(on(asKnown(facts, 500), '2025-03-01')?.because.versionId).to.equal('version-1');
  });
});
