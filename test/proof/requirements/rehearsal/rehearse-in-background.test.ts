import { expect } from 'chai';
import { lookAgain } from '../../../../server/platform/db/look-again.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import {
  beginRehearsal,
  confirmDraft,
} from '../../../../server/proof/requirements/rehearsal/rehearse-drafts.js';
import {
  findDraft,
  keepDraft,
  type DraftFacts,
} from '../../../../server/proof/requirements/rehearsal/requirement-drafts.js';
import { Membership } from '../../../../server/people/organisations/tables.js';
import { employer, member } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { count, write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { someRule } from '../some-rule.js';

describe('a requirement that concerns many people', () => {
  ownWorld();
  const PEOPLE = 5;
  let change: { organisation: OrganisationFacts; actorId: string; now: number };
  let today: string;

  before(async () => {
    const organisation = await employer();
    change = { organisation, actorId: (await person()).id, now: Date.now() };
    today = dayOf(change.now, organisation.timeZone);
    const fromDay = daysAfter(today, -100);
    for (let n = 0; n < PEOPLE; n += 1) await member(organisation, { fromDay, hiredOn: fromDay });
  });

  async function draft(): Promise<DraftFacts> {
    const { id: organisationId } = change.organisation;
    const version = { title: 'Crew', fromDay: daysAfter(today, 1), rule: someRule() };
    return found(
      await keepDraft({ organisationId, requirementId: null, afterNumber: 0, ...version }, change),
    );
  }

  async function found(id: string): Promise<DraftFacts> {
    const one = await findDraft(change.organisation.id, id);
    if (!one) throw new Error('The draft is gone');
    return one;
  }

  it('is reckoned while its author waits, as long as there are no more than may be', async () => {
    const { id } = await draft();
    expect(await beginRehearsal(await found(id), change, PEOPLE)).to.equal(true);
    const { state, outcome } = await found(id);
    expect([state, outcome?.required]).to.deep.equal(['rehearsed', PEOPLE]);
  });

  it('is reckoned in the background from one more on, before it is shown and before it is kept', async () => {
    const { id } = await draft();
    expect(await beginRehearsal(await found(id), change, PEOPLE - 1)).to.equal(false);
    await world().worker.drain();
    const rehearsed = await found(id);
    expect([rehearsed.state, rehearsed.outcome?.required]).to.deep.equal(['rehearsed', PEOPLE]);
    const confirmed = await confirmDraft(rehearsed, rehearsed.digest ?? '', change, PEOPLE - 1);
    expect(confirmed.kind).to.equal('under-way');
    await world().worker.drain();
    const { state, keptAs } = await found(id);
    expect(state).to.equal('kept');
    expect(await count('requirement_versions where requirement_id = $1', [keptAs])).to.equal(1);
  });

  // PostgreSQL reads by an index, or once it knows how few rows there are, in the order in which they were written.
  it('is kept where the same people are read in another order', async () => {
    const { id } = await draft();
    await beginRehearsal(await found(id), change, PEOPLE);
    await write(
      'update memberships set created_at = created_at where id = (select min(id) from memberships where organisation_id = $1)',
      [change.organisation.id],
    );
    await lookAgain([Membership]);
    const rehearsed = await found(id);
    expect((await confirmDraft(rehearsed, rehearsed.digest ?? '', change, PEOPLE)).kind).to.equal('kept');
  });
});
