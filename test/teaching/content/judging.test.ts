import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { faultsOf, files, lineOf, withFolder } from './fixture.js';

const BANK = 'routes/quiz.yaml';

/** The sound folder, with something changed in its bank: in its first item that holds it. */
function tree(...changes: [from: string, to: string][]) {
  const before = files()[BANK] ?? '';
  const text = changes.reduce((bank, [from, to]) => {
    expect(bank).to.contain(from);
    return bank.replace(from, () => to);
  }, before);
  return { ...files(), [BANK]: text };
}

function faultsIn(changed: ReturnType<typeof tree>) {
  const result = withFolder(changed, loadContent);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const { faults } = checkContent(result.content, { now: Date.parse('2026-12-01'), lineOf: result.lineOf });
  return faults.filter(({ problem }) => problem.includes('judges'));
}

const judgement: [string, string] = ['    stem:', '    judgement: concern\n    stem:'];
const wrong = (judges: string): [string, string] => ['{ id: b, text', `{ id: b, judges: ${judges}, text`];

describe('what an option judges', () => {
  it('may be given for wrong options of an item with a judgement; going by looks, for those of any item', () => {
    for (const judges of ['concern', 'no-concern', 'appearance'])
      expect(faultsIn(tree(judgement, wrong(judges)))).to.deep.equal([]);
    expect(faultsIn(tree(wrong('appearance')))).to.deep.equal([]);
  });

  it('is a fault, with its line, where the item has no judgement', () => {
    const changed = tree(wrong('concern'));
    expect(faultsIn(changed)).to.deep.equal([
      {
        file: BANK,
        line: lineOf(changed[BANK], 'judges: concern'),
        problem: 'Option b of M2-001 judges a situation, and the item has no judgement.',
        fix: 'Give the item its judgement, or take "judges" out of the option.',
      },
    ]);
  });

  it('is a fault on a right option, which judges as its item does', () => {
    const [fault, ...others] = faultsIn(tree(judgement, ['{ id: a, text', '{ id: a, judges: concern, text']));
    expect(fault?.problem).to.equal('Option a of M2-001 is right, and judges as the item does.');
    expect(others).to.deep.equal([]);
  });

  it('is refused with an unknown word, and where options are not chosen one by one', () => {
    expect(faultsOf(tree(judgement, wrong('danger'))).map(({ file }) => file)).to.deep.equal([BANK]);
    const ordering = tree(
      ['type: single', 'type: ordering'],
      ['key: [a]', 'key: [b, a, c, d]'],
      ['    key:', '      - { id: d, text: Wait, feedback: It is last. }\n    key:'],
    );
    expect(faultsOf(ordering)).to.deep.equal([]);
    const judging = { ...ordering, [BANK]: ordering[BANK].replace(...wrong('concern')) };
    expect(
      faultsOf(judging)
        .map(({ problem }) => problem)
        .join(),
    ).to.include('judges');
  });
});
