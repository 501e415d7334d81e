import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { runGrants } from '../../../../server/people/organisations/grants/command-grants.js';
import { mailsTo } from '../../accounts/mails.js';
import { noonZone } from '../../../support/dates.js';
import { person } from '../../../support/people.js';
import { unitIn } from '../../../support/organisations.js';
import { otherOrganisation } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

const ZONE = noonZone();
const TODAY = dayOf(Date.now(), ZONE);

/** What a command said, and the message with which it refused. */
async function run(...args: string[]) {
  const told: string[] = [];
  try {
    await runGrants(args, line => void told.push(line));
    return { told, refusal: null };
  } catch (fault) {
    return { told, refusal: fault instanceof Error ? fault.message : 'no error' };
  }
}

describe('the commands for roles', () => {
  ownWorld();
  let organisation: string;

  before(async () => {
    organisation = await otherOrganisation();
    await write('update organisations set time_zone = $1 where id = $2', [ZONE, organisation]);
  });

  it('give, list and end a role; the person gets a mail each time', async () => {
    const { id, email } = await person();
    const unit = await unitIn(organisation);
    await write(`update units set code = 'LYS' where id = $1`, [unit]);
    const where = ['--organisation', organisation, '--role', 'manager', '--unit', 'LYS'];
    const days = ['--from', TODAY, '--last', daysAfter(TODAY, 1)];
    expect((await run('appoint', email.toUpperCase(), ...where, ...days)).refusal).to.equal(null);
    const found = await row<{ id: string; unit: string; until: string }>(
      'select id, unit_id as unit, until_day as until from role_grants where user_id = $1',
      [id],
    );
    expect(found).to.include({ unit, until: daysAfter(TODAY, 2) });
    const { told } = await run('list', organisation);
    expect(told.filter(line => line.includes(email) && line.includes(found?.id ?? '?'))).to.have.length(1);
    expect((await run('end', found?.id ?? '')).refusal).to.equal(null);
    expect((await run('list', organisation)).told).to.deep.equal([]);
    expect(await mailsTo(email)).to.have.length(2);
  });

  it('refuse what they cannot do, and change nothing', async () => {
    const { email } = await person();
    const place = ['--organisation', organisation];
    const before = await count('role_grants');
    for (const args of [
      [],
      ['list', 'Nowhere'],
      ['end', 'nothing'],
      ['appoint', email, ...place],
      ['appoint', email, ...place, '--role', 'emperor'],
      ['appoint', email, '--organisation', 'Nowhere', '--role', 'manager'],
      ['appoint', 'nobody@example.org', ...place, '--role', 'manager'],
      ['appoint', email, ...place, '--role', 'manager', '--unit', 'Nowhere'],
      ['appoint', email, ...place, '--role', 'administrator', '--unit', await unitIn(organisation)],
      ['appoint', email, ...place, '--role', 'auditor'],
      ['appoint', email, ...place, '--role', 'manager', '--from', daysAfter(TODAY, -1)],
      ['appoint', email, ...place, '--role', 'manager', '--last', '2027-02-30'],
    ])
      expect((await run(...args)).refusal, args.join(' ')).to.be.a('string');
    expect(await count('role_grants')).to.equal(before);
  });
});
