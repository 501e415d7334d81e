import { expect } from 'chai';
import { endOfValidity } from '../../../../server/proof/certificates/lifecycle/validity.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { completed as credited } from '../../reports/reckoned.js';
import { completed } from '../../../support/holders.js';
import { memberOf } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { course } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

/** Somebody who completed the course elsewhere so many days ago, and its end by the course's rule. */
async function broughtAlong(daysAgo: number) {
  const organisation = await openOrganisation();
  const somebody = await person();
  const on = daysAfter(dayOf(Date.now(), organisation.timeZone), -daysAgo);
  const credit = await credited(organisation, await memberOf(somebody, organisation.id), { on });
  const { validity } = (await course()).snapshot;
  return { somebody, organisation, credit, end: endOfValidity(on, null, validity).lastDay };
}

const previousEndOfCertificate = async (somebody: { id: string }) => {
  const { cycle } = await completed(somebody);
  return (await certificateOf(cycle.id))?.facts.validity?.previousEnd ?? null;
};

describe('what a certificate renews', () => {
  ownWorld();

  it('is also what was completed elsewhere, whose anniversary it keeps', async () => {
    const { somebody, end } = await broughtAlong(345);
    const { cycle } = await completed(somebody);
    const certificate = await certificateOf(cycle.id);
    expect(certificate?.facts.validity?.previousEnd).to.equal(end);
    const { validity } = (await course()).snapshot;
    const zone = certificate?.facts.timeZone ?? 'UTC';
    const today = dayOf(Number(certificate?.awardedAt), zone);
    const kept = endOfValidity(today, end, validity);
    expect(kept).to.include({ base: 'previous-end', timing: 'in-time' });
    expect(dayOf(Number(certificate?.validUntil), zone)).to.equal(kept.lastDay);
  });

  it('is the last of several, one after the other', async () => {
    const { somebody, organisation, end } = await broughtAlong(700);
    const again = daysAfter(end, -20);
    await credited(organisation, await memberOf(somebody, organisation.id), { on: again });
    const { validity } = (await course()).snapshot;
    expect(await previousEndOfCertificate(somebody)).to.equal(endOfValidity(again, end, validity).lastDay);
  });

  it('is nothing where what was completed does not count', async () => {
    const { somebody, organisation, credit } = await broughtAlong(345);
    await write(
      `insert into credit_voids (id, credit_id, organisation_id, because, from_day, recorded_at)
       values ($1, $2, $3, 'revoked-elsewhere', '2020-01-01', 1)`,
      [newId(), credit, organisation.id],
    );
    expect(await previousEndOfCertificate(somebody)).to.equal(null);
  });
});
