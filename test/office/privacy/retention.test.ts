import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { displayCode } from '../../../server/platform/lib/ids.js';
import { carryOutErasure } from '../../../server/office/privacy/erasure/carry-out.js';
import { endRetention } from '../../../server/office/privacy/erasure/end-retention.js';
import { placeHold } from '../../../server/office/privacy/erasure/legal-holds.js';
import { addMember, endEmployment } from '../../../server/people/organisations/people/members.js';
import { signedInHolder } from '../../support/holders.js';
import { bySystem, employer, inDays, noon, TODAY } from '../../support/organisations.js';
import { count, row, rows, write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld, world } from '../../support/world.js';
import { foundAnywhere } from './erased-everywhere.js';
import { deps, erase, ledger } from './erasing.js';

describe('what an organisation knows of people who left', () => {
  ownWorld();

  async function leaver({ months }: { months: number | null }) {
    const organisation = await employer();
    await write('update organisations set retention_months = $2 where id = $1', [organisation.id, months]);
    const by = { organisation, actorId: null, now: noon(TODAY) };
    const name = `Leaver ${randomUUID()}`;
    const added = await addMember(
      { ...by, fromDay: inDays(-10) },
      { person: { name, email: null, staffNumber: null } },
    );
    const membershipId = added.kind === 'changed' ? added.membershipId : '';
    await endEmployment({ ...by, ...bySystem(), membershipId, fromDay: TODAY });
    return { name, membershipId, subject: { userId: null, membershipId } };
  }

  const nameOf = async (membershipId: string) =>
    (
      await row<{ name: string }>('select name from membership_people where membership_id = $1', [
        membershipId,
      ])
    )?.name;

  it('goes after the months that it has set, unless a legal hold stands', async () => {
    const [due, held, unruled] = [
      await leaver({ months: 6 }),
      await leaver({ months: 6 }),
      await leaver({ months: null }),
    ];
    await placeHold(held.subject, 'A claim', bySystem());
    const carryOut = async (day: string) => {
      await endRetention(noon(day));
      for (const { id } of await rows<{ id: string }>(
        `select id from erasure_requests where state = 'decided'`,
      ))
        await carryOutErasure(id, deps());
    };
    await carryOut('2026-12-14');
    expect(await nameOf(due.membershipId)).to.equal(due.name);
    await carryOut('2026-12-15');
    expect(await nameOf(due.membershipId)).not.to.equal(due.name);
    expect(await foundAnywhere([due.name])).to.deep.equal([]);
    expect(await nameOf(held.membershipId)).to.equal(held.name);
    expect(await nameOf(unruled.membershipId)).to.equal(unruled.name);
    expect(
      await count(`erasure_requests where membership_id = $1 and because = 'retention'`, [due.membershipId]),
    ).to.equal(1);
  });

  it('and the courses and days of erased certificates go when their time is over', async () => {
    const { holder, certificate } = await signedInHolder();
    await write(
      'update organisations set retention_months = 12 where id = (select organisation_id from certificates where id = $1)',
      [certificate.id],
    );
    await erase(holder.id);
    const until = await row<{ day: string }>(
      'select facts_until as day from erasures where certificate_id = $1',
      [certificate.id],
    );
    expect(until?.day).to.match(/^\d{4}-\d\d-\d\d$/);
    const facts = async () =>
      (await row<{ facts: string }>('select facts from certificates where id = $1', [certificate.id]))?.facts;
    expect(await facts()).to.include(certificate.facts.course.title);
    await endRetention(noon(until?.day ?? TODAY));
    expect(await facts()).to.equal('{}');
    expect(
      (
        await world()
          .visitor()
          .get(`/verify/${displayCode(certificate.code)}`)
      ).text,
    ).to.include('data-verdict="erased-');
    expect((await ledger()).discrepancies).to.deep.equal([]);
    expect(said('verify.erasedText')).not.to.equal('');
  });
});
