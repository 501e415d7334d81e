import { expect } from 'chai';
import { TrainingPaused } from '../../../../server/errors.js';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { suspendOrganisation } from '../../../../server/people/organisations/settings/suspension.js';
import {
  keepVersion,
  undoVersion,
  type NewVersion,
} from '../../../../server/proof/requirements/rules/keep-requirements.js';
import {
  newestVersion,
  undoableUntil,
  versionInForce,
} from '../../../../server/proof/requirements/rules/requirement-versions.js';
import { versionsOf } from '../../../../server/proof/requirements/rules/stored-requirements.js';
import { bySystem, employer, noon, TODAY } from '../../../support/organisations.js';
import { count } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { audienceOf, someRule } from '../some-rule.js';

const HOUR = 3_600_000;

describe('keeping requirements', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  beforeEach(async () => (organisation = await employer()));

  const change = (now = noon(TODAY)) => ({ organisation, ...bySystem(), now });
  const asked = (more: Partial<NewVersion> = {}): NewVersion => ({
    ...{ requirementId: null, after: 0, title: 'Crew', fromDay: TODAY, rule: someRule() },
    ...more,
  });
  const kept = async (more: Partial<NewVersion> = {}, now?: number) => {
    const outcome = await keepVersion(change(now), asked(more));
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome));
    return outcome;
  };
  const versions = (requirementId: string) => versionsOf(organisation.id, requirementId);
  const told = (name: string) =>
    count('events where name = $1 and organisation_id = $2', [name, organisation.id]);
  const titleOn = async (requirementId: string, day: string) =>
    versionInForce(await versions(requirementId), day)?.title ?? null;

  it('adds versions and never changes one', async () => {
    const { requirementId } = await kept();
    const next = { requirementId, after: 1, title: 'All crew', fromDay: daysAfter(TODAY, 10) };
    await kept({ ...next, rule: someRule({ mode: 'paused' }) });
    expect(
      (await versions(requirementId)).map(({ number, title, rule }) => [number, title, rule.mode]),
    ).to.deep.equal([
      [1, 'Crew', 'follow'],
      [2, 'All crew', 'paused'],
    ]);
    expect([await titleOn(requirementId, TODAY), await titleOn(requirementId, next.fromDay)]).to.deep.equal([
      'Crew',
      'All crew',
    ]);
    expect(await told('requirement.versioned')).to.equal(2);
  });

  it('refuses who composed on an older version, an unknown requirement, and what the rule must not be; nothing is written', async () => {
    const { requirementId } = await kept();
    await kept({ requirementId, after: 1 });
    expect(await keepVersion(change(), asked({ requirementId, after: 1 }))).to.deep.equal({
      kind: 'overtaken',
    });
    expect(await keepVersion(change(), asked({ requirementId: newId() }))).to.deep.equal({ kind: 'unknown' });
    const elsewhere = { ...change(), organisation: await employer() };
    expect(await keepVersion(elsewhere, asked({ requirementId, after: 2 }))).to.deep.equal({
      kind: 'unknown',
    });
    const past = await keepVersion(change(), asked({ fromDay: daysAfter(TODAY, -1) }));
    expect(past).to.deep.equal({ kind: 'refused', fault: { field: 'day', why: 'day-past' } });
    await kept({
      rule: someRule({ audience: audienceOf({ holds: 'airline-and-transport' }), courses: ['volunteers'] }),
    });
    const circle = someRule({ audience: audienceOf({ holds: 'volunteers' }) });
    expect((await keepVersion(change(), asked({ rule: circle }))).kind).to.equal('refused');
    expect(await count('requirement_versions where organisation_id = $1', [organisation.id])).to.equal(3);
  });

  it('waits while training is paused', async () => {
    await suspendOrganisation(organisation.id, bySystem());
    const fault = await keepVersion(change(), asked()).catch((found: unknown) => found);
    expect(fault).to.be.instanceOf(TrainingPaused);
    expect(await count('requirements where organisation_id = $1', [organisation.id])).to.equal(0);
  });

  it('undoes the newest version within a day: what was before applies again, and both stay on record', async () => {
    const { requirementId } = await kept();
    const { versionId } = await kept({ requirementId, after: 1, title: 'All crew' });
    expect(await undoVersion(change(noon(TODAY) + HOUR), versionId, requirementId)).to.equal('undone');
    const all = await versions(requirementId);
    expect(all.map(({ number, undoes }) => [number, undoes])).to.deep.equal([
      [1, null],
      [2, null],
      [3, versionId],
    ]);
    expect([await titleOn(requirementId, TODAY), newestVersion(all)?.number]).to.deep.equal(['Crew', 1]);
    expect(await told('requirement.undone')).to.equal(1);
    expect(undoableUntil(all, noon(TODAY) + HOUR), 'an undo is not undone').to.equal(null);
  });

  it('undoes a first version: nothing was ever required', async () => {
    const { requirementId, versionId } = await kept();
    expect(await undoVersion(change(), versionId, requirementId)).to.equal('undone');
    expect(await titleOn(requirementId, TODAY)).to.equal(null);
    expect((await versions(requirementId)).at(-1)?.rule.inForce).to.equal(false);
  });

  it('undoes nothing after a day, and nothing under a newer version', async () => {
    const { requirementId, versionId } = await kept();
    const late = noon(TODAY) + 24 * HOUR;
    expect(await undoVersion(change(late), versionId, requirementId)).to.equal('too-late');
    expect(undoableUntil(await versions(requirementId), late - 1)).to.equal(late);
    await kept({ requirementId, after: 1 });
    expect(await undoVersion(change(), versionId, requirementId)).to.equal('too-late');
    expect(await undoVersion(change(), versionId, newId())).to.equal('unknown');
    expect(await count('requirement_versions where requirement_id = $1', [requirementId])).to.equal(2);
  });

  it('lets two who change it at once keep one version', async () => {
    const { requirementId } = await kept();
    const both = await Promise.all(
      [1, 2].map(() => keepVersion(change(), asked({ requirementId, after: 1 }))),
    );
    expect(both.map(({ kind }) => kind).sort()).to.deep.equal(['kept', 'overtaken']);
  });
});
