import { expect } from 'chai';
import fc from 'fast-check';
import { chunks } from '../../../../server/platform/lib/lists/chunks.js';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import {
  endEmployment,
  goOnLeave,
  moveHome,
} from '../../../../server/people/organisations/people/members.js';
import { makeExemption } from '../../../../server/proof/requirements/exemptions/exemptions.js';
import { markPerson } from '../../../../server/proof/requirements/exemptions/marks.js';
import { loadFacts } from '../../../../server/proof/requirements/reckoning/load-facts.js';
import {
  findDraft,
  keepDraft,
  type DraftFacts,
} from '../../../../server/proof/requirements/rehearsal/requirement-drafts.js';
import {
  beginRehearsal,
  confirmDraft,
} from '../../../../server/proof/requirements/rehearsal/rehearse-drafts.js';
import type { Rule } from '../../../../server/proof/requirements/requirement-rule.js';
import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../../server/proof/requirements/timeline/timeline.js';
import { bySystem, employer, inDays, member, noon, TODAY, unit } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { audienceOf, someRule } from '../some-rule.js';

const JOBS = ['Cabin crew', 'cabin CREW', 'Gate', null] as const;

/** A rule, and from which day on it says so. */
const changes = fc.record({
  days: fc.nat({ max: 20 }),
  rule: fc.record({
    audience: fc.record({
      units: fc.constantFrom<readonly number[]>([], [0], [1], [2], [0, 2]),
      jobs: fc.constantFrom<readonly string[]>([], ['Cabin crew'], ['gate', 'cabin crew']),
      hiredSince: fc.constantFrom(null, inDays(-60)),
    }),
    mode: fc.constantFrom('follow', 'add-only', 'remove-only', 'paused'),
    firstDue: fc.constantFrom<Rule['firstDue'][]>(
      { after: 'hired', days: 60 },
      { after: 'joined', days: 10 },
      { after: 'hired', days: 300 },
      { on: inDays(90) },
    ),
    noticeDays: fc.constantFrom(0, 30),
    bringForward: fc.boolean(),
    inForce: fc.constantFrom(true, true, true, false),
  }),
});

describe('what was previewed', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let units: string[];
  let actorId: string;

  before(async () => {
    organisation = await employer();
    actorId = (await person()).id;
    const [europe, asia] = [await unit(organisation, 'Europe'), await unit(organisation, 'Asia')];
    units = [europe, asia, await unit(organisation, 'Frankfurt', { below: europe })];
    for (let n = 0; n < 24; n += 1) await somebody(n);
  });

  /** People of every job and unit, hired at different times or nobody knows when, some of them away, moving or gone. */
  async function somebody(n: number): Promise<void> {
    const home = { unitId: units[n % 3] ?? '', job: JOBS[n % 4] ?? null };
    const hiredOn = n % 5 === 0 ? {} : { hiredOn: inDays(-17 * n) };
    const membershipId = await member(organisation, { home, ...hiredOn });
    const of = (days: number) => ({ organisation, membershipId, fromDay: inDays(days), ...bySystem() });
    if (n % 7 === 1) await goOnLeave(of(3), inDays(40));
    if (n % 7 === 2) await moveHome(of(8), { unitId: units[(n + 1) % 3] ?? '', job: 'Gate' });
    if (n % 11 === 3) await endEmployment(of(5));
  }

  const by = () => ({ actorId, now: noon(TODAY) });
  const ids = async () =>
    (
      await rows<{ id: string }>('select id from memberships where organisation_id = $1', [organisation.id])
    ).map(({ id }) => id);

  /** How everybody stands on a day: the day by which, or null where nothing is required. */
  async function standings(requirementId: string | null, day: string): Promise<Map<string, string | null>> {
    const facts = await Promise.all(
      chunks(await ids(), 500).map(part => loadFacts(organisation, { requirementId, membershipIds: part })),
    );
    const found = facts
      .flatMap(each => [...each])
      .map(([id, each]) => {
        const stands = intervalOn(timeline(asKnown(each, NOW)), day);
        return [
          id,
          !stands || stands.standing === 'not-required' ? null : (stands.dueDay ?? 'no day'),
        ] as const;
      });
    return new Map(found);
  }

  /** What really changed, as a rehearsal counts it. */
  function differences(before: Map<string, string | null>, after: Map<string, string | null>) {
    const of = (is: (one: string | null, other: string | null) => boolean) =>
      [...after]
        .filter(([id, day]) => is(before.get(id) ?? null, day))
        .map(([id]) => id)
        .sort();
    const moved = (one: string | null, other: string | null) =>
      one !== null && other !== null && one !== other;
    return {
      required: [...after.values()].filter(day => day !== null).length,
      joins: of((one, other) => one === null && other !== null),
      leaves: of((one, other) => one !== null && other === null),
      earlier: of(
        (one, other) =>
          moved(one, other) && (one === 'no day' || (other !== 'no day' && String(other) < String(one))),
      ),
      later: of(
        (one, other) =>
          moved(one, other) && (other === 'no day' || (one !== 'no day' && String(other) > String(one))),
      ),
    };
  }

  async function rehearsed(
    requirementId: string | null,
    afterNumber: number,
    fromDay: string,
    rule: Rule,
  ): Promise<DraftFacts> {
    const asked = {
      organisationId: organisation.id,
      requirementId,
      afterNumber,
      title: 'Crew',
      fromDay,
      rule,
    };
    const id = await keepDraft(asked, by());
    const draft = await findDraft(organisation.id, id);
    if (draft) await beginRehearsal(draft, { organisation, ...by() });
    const found = await findDraft(organisation.id, id);
    if (!found?.outcome) throw new Error('Nothing was rehearsed');
    return found;
  }

  it('is what happens once it is confirmed, change after change, person by person', async () => {
    const series = fc.sample(fc.array(changes, { minLength: 3, maxLength: 4 }), { numRuns: 6, seed: 18 });
    for (const steps of series) {
      let requirementId: string | null = null;
      for (const [at, { days, rule }] of steps.entries()) {
        const { units: chosen, ...conditions } = rule.audience;
        const audience = audienceOf({ ...conditions, units: chosen.map(n => units[n] ?? '') });
        const fromDay = inDays(days);
        const draft = await rehearsed(requirementId, at, fromDay, someRule({ ...rule, audience }));
        const before = await standings(requirementId, fromDay);
        const kept = await confirmDraft(draft, draft.digest ?? '', { organisation, ...by() });
        if (kept.kind !== 'kept') throw new Error(JSON.stringify(kept));
        ({ requirementId } = kept);
        const { required, named } = draft.outcome as NonNullable<DraftFacts['outcome']>;
        const previewed = (kind: 'joins' | 'leaves' | 'earlier' | 'later') =>
          named[kind].map(({ membershipId }) => membershipId).sort();
        const said = {
          joins: previewed('joins'),
          leaves: previewed('leaves'),
          earlier: previewed('earlier'),
          later: previewed('later'),
        };
        expect({ required, ...said }, JSON.stringify(steps[at])).to.deep.equal(
          differences(before, await standings(requirementId, fromDay)),
        );
        await decideByHand(requirementId, at);
      }
    }
  });

  /** Between two changes somebody decides about a few people. */
  async function decideByHand(requirementId: string, at: number): Promise<void> {
    const [one = '', two = '', three = ''] = (await ids()).sort().slice(at * 3);
    const of = (membershipId: string) => ({ organisation, requirementId, membershipId, ...by() });
    await markPerson(of(one), at % 2 === 0 ? 'removed' : 'added', TODAY);
    const days = { fromDay: TODAY, toDay: daysAfter(TODAY, 60), note: '' };
    await makeExemption(of(two), { kind: 'waiver', reason: 'other', dueDay: null, ...days });
    await makeExemption(of(three), {
      kind: 'extension',
      reason: 'other',
      dueDay: daysAfter(TODAY, 59),
      ...days,
    });
  }

  it('is said differently once something else is so, and never kept silently', async () => {
    const draft = await rehearsed(null, 0, TODAY, someRule());
    await member(organisation, { home: { unitId: units[0] ?? '', job: 'Gate' }, hiredOn: TODAY });
    expect((await confirmDraft(draft, draft.digest ?? '', { organisation, ...by() })).kind).to.equal(
      'changed',
    );
    const again = await findDraft(organisation.id, draft.id);
    expect(again?.outcome?.counts.joins).to.equal((draft.outcome?.counts.joins ?? 0) + 1);
    expect(
      (await confirmDraft(draft, draft.digest ?? '', { organisation, ...by() })).kind,
      'with the old hash',
    ).to.equal('changed');
    expect(again && (await confirmDraft(again, again.digest ?? '', { organisation, ...by() })).kind).to.equal(
      'kept',
    );
  });
});
