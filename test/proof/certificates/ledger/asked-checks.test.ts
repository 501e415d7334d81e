import { expect } from 'chai';
import { signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import {
  askForCheck,
  endGivenUpCheck,
  newestChecks,
} from '../../../../server/proof/certificates/ledger/asked-checks.js';
import { checkEverything } from '../../../../server/proof/certificates/ledger/check/check-everything.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { record } from '../../../../server/platform/events/record.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { cleo, dina, person, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';

const HOME = '/admin/log/checks';

describe('a check of the ledger that is asked for on a page', () => {
  ownWorld();
  let admin: Person;
  before(async () => {
    admin = await dina();
  });

  /** Asked for on the page, and done; the page of its result. */
  async function check(whole: 'yes' | 'no') {
    await admin.browser.get(HOME);
    const asked = await admin.browser.submit(HOME, { whole });
    await world().worker.drain();
    return { asked, ...(await admin.browser.get(asked.path)) };
  }

  it('is one at a time, shows how far it is, and proves all up to the newest head', async () => {
    await signHead(world().issuer, Date.now());
    const waiting = await askForCheck(true, { actorId: admin.id, now: Date.now() });
    const { path, text } = await admin.browser.get(`${HOME}/${waiting}`);
    expect(text).to.include(`data-progress="${path}"`);
    expect(await askForCheck(false, { actorId: admin.id, now: Date.now() })).to.equal(waiting);
    await world().worker.drain();
    expect((await admin.browser.get(path)).text).to.include('data-state="proven"');
    const marked = world().issuer.checkpoints.proven();
    expect(marked?.number).to.equal((await newestChecks(1))[0]?.upTo);
    expect((await check('no')).text).to.include('data-state="proven"');
    expect((await newestChecks(1))[0]?.since).to.equal(marked?.number);
    expect(await count(`events where name in ('ledger.check-asked', 'ledger.checked')`)).to.equal(4);
  });

  it('names what was edited, to the organisation whose log it is, too', async () => {
    const { id } = await openOrganisation();
    const own = `/organisations/${id}/log`;
    const ben = await cleo();
    await appoint(ben, 'administrator', id);
    const by = { actorId: admin.id, organisationId: id, now: Date.now() };
    await inTransaction(() => record('organisation.changed', { fields: ['name'] }, by));
    await signHead(world().issuer, Date.now());
    await check('yes');
    const before = (await ben.browser.get(own)).text;
    expect(before).to.include('data-chain="proven"').and.include('/ledger/heads/');
    const edited = await row<{ seq: number; payload: string }>(
      'select seq, payload from events where chain = $1 order by seq limit 1',
      [id],
    );
    const forge = (payload: string) =>
      write('update events set payload = $1 where chain = $2 and seq = $3', [payload, id, edited?.seq ?? 0]);
    await forge('{}');
    const { text } = await check('yes');
    expect(text).to.include('data-state="broken"').and.include(`${edited?.seq} of chain ${id}`);
    expect((await ben.browser.get(own)).text).to.include('data-chain="broken"');
    await forge(edited?.payload ?? '');
    await check('yes');
    expect((await ben.browser.get(own)).text).to.include('data-chain="proven"');
  });

  it('is not misled by what is recorded while it runs', async () => {
    const { id: userId } = await person();
    const recorded = async () => {
      for (let at = 0; at < 30; at += 1)
        await inTransaction(() =>
          record('account.renamed', { userId }, { actorId: userId, organisationId: null, now: Date.now() }),
        );
    };
    const [report] = await Promise.all([checkEverything({ addresses: world().config }), recorded()]);
    expect(report.discrepancies).to.deep.equal([]);
  });

  it('that an administrator gave up has no result, and makes room for another', async () => {
    const id = await askForCheck(true, { actorId: admin.id, now: Date.now() });
    const job = await row<{ id: string }>(
      `select j.id from jobs j join events e on e.id = j.event_id where j.reaction = 'ledger.check' and e.payload like $1`,
      [`%${id}%`],
    );
    const given = { jobId: job?.id ?? '', eventId: null, attempts: 1, failure: null };
    await endGivenUpCheck({ ...given, reaction: 'other.work' }, Date.now());
    expect((await newestChecks(1))[0]?.state).to.not.equal('failed');
    await endGivenUpCheck({ ...given, reaction: 'ledger.check' }, Date.now());
    const { text } = await admin.browser.get(`${HOME}/${id}`);
    expect(text).to.include('data-state="failed"');
    expect(await askForCheck(true, { actorId: admin.id, now: Date.now() })).to.not.equal(id);
  });

  it('is for administrators of the installation alone', async () => {
    const id = await askForCheck(true, { actorId: admin.id, now: Date.now() });
    const { browser } = await cleo();
    for (const path of [HOME, `${HOME}/${id}`]) expect((await browser.get(path)).status).to.equal(404);
    expect((await admin.browser.get(`${HOME}/${admin.id}`)).status).to.equal(404);
  });
});
