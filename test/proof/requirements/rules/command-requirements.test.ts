import { expect } from 'chai';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { runRequirements } from '../../../../server/proof/requirements/rules/command-requirements.js';
import { keepVersion, undoVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import { bySystem, employer, noon, TODAY, unit } from '../../../support/organisations.js';
import { ownWorld } from '../../../support/world.js';
import { audienceOf, someRule } from '../some-rule.js';

describe('the command for requirements', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let id: string;
  before(async () => {
    organisation = await employer();
    const units = [await unit(organisation, 'Frankfurt')];
    const rule = someRule({ audience: audienceOf({ units, jobs: ['Cabin crew'] }) });
    const change = { organisation, ...bySystem() };
    const asked = { requirementId: null, after: 0, title: 'Crew', fromDay: TODAY, rule };
    const first = await keepVersion(change, asked);
    id = first.kind === 'kept' ? first.requirementId : '';
    const second = await keepVersion(change, {
      ...asked,
      requirementId: id,
      after: 1,
      title: 'Ended',
      rule: { ...rule, inForce: false },
    });
    if (second.kind === 'kept') await undoVersion(change, second.versionId, id);
  });

  async function run(...args: string[]) {
    const said: string[] = [];
    await runRequirements(args, line => void said.push(line), noon(TODAY));
    return said;
  }
  const refusal = (...args: string[]) =>
    run(...args).then(
      () => null,
      (fault: unknown) => (fault as Error).message,
    );

  it('lists each as its sentence', async () => {
    const [head = '', sentence = ''] = await run('list', organisation.id);
    expect(head).to.include(id).and.to.include('Crew');
    expect(sentence).to.include('Cabin crew').and.to.include('Frankfurt');
  });

  it('shows one with all its versions, the newest first, and what was undone', async () => {
    const lines = (await run('show', organisation.id, id)).filter(line => line.startsWith('Version'));
    expect(lines.map(line => /\d+/.exec(line)?.[0])).to.deep.equal(['3', '2', '1']);
    expect((await run('show', organisation.id, id)).join('\n')).to.include('undoes version 2');
  });

  it('says what to do where there is no such thing', async () => {
    expect(await refusal('list')).to.include('show');
    expect(await refusal('show', organisation.id)).to.include('list');
    expect(await refusal('show', organisation.id, 'none')).to.include('requirements list');
    expect(await refusal('list', 'Nowhere Air')).to.include('organisations list');
  });
});
