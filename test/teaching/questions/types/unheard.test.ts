import { expect } from 'chai';
import type { Scenario } from '../../../../server/teaching/questions/types/scenario/scenario-shape.js';
import { scenarioSchema } from '../../../../server/teaching/questions/types/scenario/scenario-schema.js';
import { walk } from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { asSwitched, mayEndUnheard } from '../../../../server/teaching/questions/types/scenario/unheard.js';
import { branchingCase, sampleCase, UNHEARD_TEXT, unheardCase } from '../case-samples.js';

type Ending = Scenario['endings'][number];
type Choice = Scenario['nodes'][number]['choices'][number];

/** Where the faults of a case are. */
const faultsIn = (scenario: unknown): string[] =>
  scenarioSchema.safeParse(scenario).error?.issues.map(({ path }) => path.join('.')) ?? [];

const withUnfound = (change: Partial<Ending>): Scenario => ({
  ...unheardCase,
  endings: unheardCase.endings.map(each => (each.kind === 'unheard' ? { ...each, ...change } : each)),
});

/** The case with every choice changed. */
const withChoices = (change: (choice: Choice) => object, of: Scenario = unheardCase) => ({
  ...of,
  nodes: of.nodes.map(node => ({ ...node, choices: node.choices.map(change) })),
});

const on: Scenario = { ...unheardCase, endsUnheard: true };
const endAfter = (scenario: Scenario, ...path: string[]) => walk(scenario, path)?.ending?.id;

describe('a case that may end without the child being found', () => {
  it('is whole with the ending and without', () => {
    for (const scenario of [unheardCase, on, asSwitched(unheardCase)])
      expect(faultsIn(scenario)).to.deep.equal([]);
  });

  it('is published without a trace of it while it is switched off', () => {
    expect(asSwitched(unheardCase)).to.deep.equal(branchingCase);
    expect(endAfter(asSwitched(unheardCase), 'c')).to.equal('silent');
    expect(mayEndUnheard(asSwitched(unheardCase))).to.equal(false);
  });

  it('ends so when it is switched on, after that choice and no other', () => {
    const played = asSwitched(on);
    expect(endAfter(played, 'c')).to.equal('unfound');
    expect([endAfter(played, 'a', 'c'), endAfter(played, 'b', 'c')]).to.deep.equal(['late', 'silent']);
    expect(mayEndUnheard(played)).to.equal(true);
    expect(JSON.stringify(played)).to.not.include('"unheard":').and.not.include('endsUnheard');
  });

  it('is published without what only the other way would show', () => {
    const silentOnlyFirst = withChoices(choice =>
      choice.next === 'silent' && !('unheard' in choice) ? { ...choice, next: 'fine' } : choice,
    ) as Scenario;
    const endings = (scenario: Scenario) => asSwitched(scenario).endings.map(({ id }) => id);
    expect(endings(silentOnlyFirst)).to.include('silent').and.not.include('unfound');
    expect(endings({ ...silentOnlyFirst, endsUnheard: true }))
      .to.include('unfound')
      .and.not.include('silent');
  });

  it('leaves every other case as it is', () => {
    for (const scenario of [sampleCase, branchingCase]) expect(asSwitched(scenario)).to.deep.equal(scenario);
  });

  it('ends so only after an unsafe choice, which leads elsewhere without it', () => {
    const weak = withChoices(choice =>
      choice.quality === 'weak' ? { ...choice, unheard: 'unfound' } : choice,
    );
    expect(faultsIn(weak)).to.deep.equal(['nodes.1.choices.1', 'nodes.2.choices.1']);
    const direct = withChoices(choice => ('unheard' in choice ? { ...choice, next: 'unfound' } : choice));
    expect(faultsIn(direct)).to.deep.equal(['nodes.0.choices.2.next']);
    const other = withChoices(choice => ('unheard' in choice ? { ...choice, unheard: 'silent' } : choice));
    expect(faultsIn(other)).to.deep.equal(['nodes.0.choices.2.unheard', 'endings.4']);
    expect(faultsIn({ ...branchingCase, endings: unheardCase.endings })).to.deep.equal(['endings.4']);
  });

  it('is switched on only with such an ending, and has no second one', () => {
    expect(faultsIn({ ...branchingCase, endsUnheard: true })).to.deep.equal(['endsUnheard']);
    expect(faultsIn({ ...unheardCase, endsUnheard: false })).to.deep.equal(['endsUnheard']);
    const twice = [...unheardCase.endings, { id: 'again', kind: 'unheard', text: UNHEARD_TEXT }];
    expect(faultsIn({ ...unheardCase, endings: twice })).to.deep.equal(['endings.5.kind', 'endings.5']);
  });

  it('is judged a concern', () => {
    const endings = unheardCase.endings.map(each =>
      each.kind === 'not-told' || each.kind === 'told-late' ? { ...each, kind: 'no-concern' } : each,
    );
    expect(faultsIn({ ...unheardCase, judgement: 'no-concern', endings })).to.deep.equal(['endings.4.kind']);
  });

  it('says two sentences at its end, the same to everybody', () => {
    for (const text of ['It ends here.', `${UNHEARD_TEXT} Nobody knows more.`])
      expect(faultsIn(withUnfound({ text })), text).to.deep.equal(['endings.4.text']);
    const said = [{ when: ['start', 'c'] as [string, string], text: 'You chose this.' }];
    expect(faultsIn(withUnfound({ said }))).to.deep.equal(['endings.4.said']);
  });

  it('shows no harm and hints at none', () => {
    for (const word of ['was hurt', 'came to harm', 'was harmed', 'died', 'was abused', 'cried', 'suffered'])
      expect(faultsIn(withUnfound({ text: `A child ${word}. Nobody knows more.` })), word).to.deep.equal([
        'endings.4.text',
      ]);
  });
});
