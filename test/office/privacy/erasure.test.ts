import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { openCheckpoints } from '../../../server/proof/certificates/ledger/checkpoints.js';
import { displayCode } from '../../../server/platform/lib/ids.js';
import { carryOutErasure, erasureSteps } from '../../../server/office/privacy/erasure/carry-out.js';
import { eraseAgain } from '../../../server/office/privacy/erasure/erase-again.js';
import {
  askForErasure,
  decideErasure,
  findErasure,
  openErasureOf,
  refuseErasure,
  withdrawErasure,
} from '../../../server/office/privacy/erasure/erasure-requests.js';
import { liftHold, placeHold } from '../../../server/office/privacy/erasure/legal-holds.js';
import { askForExport } from '../../../server/office/privacy/export/data-exports.js';
import { askForAddress } from '../../../server/people/accounts/new-address/address-changes.js';
import { mailsTo } from '../../people/accounts/mails.js';
import { expire, signedInHolder } from '../../support/holders.js';
import { employer, memberOf } from '../../support/organisations.js';
import { ada, dina, PASSWORD, signedIn } from '../../support/people.js';
import { count, row, rows, write } from '../../support/rows.js';
import { plain } from '../../support/pages.js';
import { enrolled } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';
import { foundAnywhere } from './erased-everywhere.js';
import { said } from '../../support/said.js';
import { deps, erase, ledger, of } from './erasing.js';

describe('an erasure', () => {
  ownWorld();

  it('leaves no name, address or staff number in any table, kept file or log', async () => {
    const name = `Zenobia Quist-${randomUUID().slice(0, 8)}`;
    const { holder, certificate, cycle } = await signedInHolder(name);
    const staff = `SN-${randomUUID().slice(0, 8)}`;
    const organisation = await employer();
    const membershipId = await memberOf(holder, organisation.id);
    await write(
      'insert into membership_people (membership_id, organisation_id, name, email, staff_number) values ($1, $2, $3, $4, $5)',
      [membershipId, organisation.id, name, holder.email, staff],
    );
    await write(
      `insert into rosters (id, organisation_id, file_name, file_hash, source, header, row_count, part_count, uploaded_by, uploaded_at, state)
       values ($1, $2, 'list.csv', 'x', '{}', '[]', 1, 1, $3, 1, 'done')`,
      [membershipId, organisation.id, holder.id],
    );
    await write('insert into roster_parts (roster_id, number, table_rows) values ($1, 1, $2)', [
      membershipId,
      JSON.stringify([{ cells: [name, holder.email, staff] }]),
    ]);
    await write(
      `insert into name_requests (id, cycle_id, organisation_id, user_id, name, why, requested_at)
       select $2, id, organisation_id, user_id, $3, $3, 1 from cycles where id = $1`,
      [cycle.id, randomUUID(), `${name} Lund`],
    );
    await write(
      `insert into provisioned_people (id, organisation_id, membership_id, user_name, told, created_at, changed_at)
       values ($1, $2, $3, $4, $5, 1, 1)`,
      [
        randomUUID(),
        organisation.id,
        membershipId,
        holder.email,
        JSON.stringify({ values: { displayName: name } }),
      ],
    );
    await holder.browser.get(`/certificates/${certificate.id}/certificate.pdf`);
    await askForExport(holder.id, Date.now());
    await askForAddress(holder.id, { email: `new-${holder.email}`, password: PASSWORD }, Date.now());
    await world().worker.drain();
    const texts = [name, name.split(' ')[1] ?? name, holder.email, staff];
    expect(await foundAnywhere(texts)).not.to.deep.equal([]);

    await erase(holder.id);
    expect(await foundAnywhere(texts)).to.deep.equal([]);
    const { discrepancies, erased } = await ledger();
    expect(discrepancies).to.deep.equal([]);
    expect(erased['certificates']).to.equal(1);
    expect(erased['events']).to.be.greaterThan(2);
  });

  it('is found out where somebody only pretends it', async () => {
    const { holder, certificate } = await signedInHolder();
    const id = await erase(holder.id);
    expect((await ledger()).discrepancies).to.deep.equal([]);
    const other = await signedInHolder();
    await write(
      `insert into erasures (certificate_id, erasure_id, sha256, award_sha256, erased_at)
       select certificate_id, $2, sha256, award_sha256, 1 from issuance_ledger where certificate_id = $1`,
      [other.certificate.id, id],
    );
    expect((await ledger()).discrepancies.map(({ table, row: at }) => [table, at])).to.deep.include([
      'erasures',
      id,
    ]);
    await write('delete from erasures where certificate_id = $1', [other.certificate.id]);
    await write(`update erasures set award_sha256 = 'x' where certificate_id = $1`, [certificate.id]);
    expect((await ledger()).discrepancies.map(({ row: at }) => at)).to.include.members([id, certificate.id]);
    await write(
      `update erasures set award_sha256 = (select award_sha256 from issuance_ledger l where l.certificate_id = $1)
       where certificate_id = $1`,
      [certificate.id],
    );
    await askForExport(other.holder.id, Date.now());
    const event = await row<{ seq: number }>(
      `select seq from events where chain = 'account' and payload <> '{}' order by seq limit 1`,
    );
    const before = await row<{ payload: string }>(
      `select payload from events where chain = 'account' and seq = $1`,
      [Number(event?.seq)],
    );
    await write(`update events set payload = '{}' where chain = 'account' and seq = $1`, [
      Number(event?.seq),
    ]);
    expect((await ledger()).discrepancies.map(({ table }) => table)).to.include('events');
    await write(`update events set payload = $2 where chain = 'account' and seq = $1`, [
      Number(event?.seq),
      before?.payload ?? '',
    ]);
    expect((await ledger()).discrepancies).to.deep.equal([]);
  });

  it('ends a try that is open, leaves the course, signs the person out and mails them nothing more', async () => {
    const someone = await ada();
    const cycle = await enrolled(someone);
    await write(
      `insert into attempts (id, organisation_id, user_id, cycle_id, course_version_id, quiz, number, form, started_at)
       select $1, organisation_id, user_id, id, course_version_id, 'foundations', 1, '[]', 1 from cycles where id = $2`,
      [randomUUID(), cycle.id],
    );
    await erase(someone.id);
    expect(await count('attempts where user_id = $1', [someone.id])).to.equal(0);
    expect(await count(`cycles where id = $1 and left_because = 'erased'`, [cycle.id])).to.equal(1);
    expect((await someone.browser.get('/account')).path).to.include('/sign-in');
    const before = (await mailsTo(someone.email)).length;
    await write(`update jobs set state = 'ready' where state = 'given-up'`);
    expect((await mailsTo(someone.email)).length).to.equal(before);
    const visitor = world().visitor();
    await visitor.get('/sign-in');
    const page = await visitor.submit('/sign-in', { email: someone.email, password: PASSWORD });
    expect(page.path).to.equal('/sign-in');
    expect(page.status).to.equal(422);
  });

  it('is one whether it is carried out once, or cut off and begun again', async () => {
    const { holder } = await signedInHolder();
    const id = await erase(holder.id);
    await write(`update erasure_requests set state = 'decided' where id = $1`, [id]);
    const before = await rows('select * from erasures order by 1');
    await carryOutErasure(id, deps());
    expect(await rows('select * from erasures order by 1')).to.deep.equal(before);
    expect((await ledger()).discrepancies).to.deep.equal([]);
  });

  it('keeps from a legal hold, and goes on once it is lifted', async () => {
    const someone = await signedIn();
    const by = { actorId: null, now: Date.now() };
    const id = await askForErasure(of(someone.id), '', by);
    await placeHold(of(someone.id), 'A court asked', by);
    expect(await decideErasure(id, 'As asked', by)).to.equal('held');
    await liftHold(of(someone.id), by);
    expect(await decideErasure(id, 'As asked', by)).to.equal('decided');
    expect(await decideErasure(id, 'As asked', by)).to.equal('not-open');
  });

  it('is asked for once, and withdrawn or refused with everything as it was', async () => {
    const someone = await signedIn();
    const by = { actorId: someone.id, now: Date.now() };
    const asked = await Promise.all(Array.from({ length: 5 }, () => askForErasure(of(someone.id), '', by)));
    expect(new Set(asked).size).to.equal(1);
    await withdrawErasure(someone.id, Date.now());
    expect(await openErasureOf(of(someone.id))).to.equal(null);
    const again = await askForErasure(of(someone.id), '', by);
    expect(await refuseErasure(again, 'The contract runs', { actorId: null, now: Date.now() })).to.equal(
      'refused',
    );
    expect((await someone.browser.get('/account')).path).to.equal('/account');
  });

  it('is told with its reason to the person and to whoever asked, refused or decided, and before it happens', async () => {
    const [person, asker] = [await signedIn(), await signedIn({ name: 'Otto Berg' })];
    const by = (actorId: string | null) => ({ actorId, now: Date.now() });
    const { id: decider } = await dina();
    const subjectsTo = async ({ email }: { email: string }) =>
      (await mailsTo(email)).map(({ subject, text }) => [subject, text?.includes('The contract runs')]);
    const first = await askForErasure(of(person.id), 'Left us', by(asker.id));
    await refuseErasure(first, 'The contract runs', by(decider));
    expect(await subjectsTo(person)).to.deep.equal([[said('mail.subject.erasure-refused'), true]]);
    expect(await subjectsTo(asker)).to.deep.equal([[said('mail.subject.asked-erasure-refused'), true]]);
    const second = await askForErasure(of(person.id), 'Left us', by(asker.id));
    await decideErasure(second, 'The contract runs no more', by(decider));
    expect((await subjectsTo(person)).at(-1)).to.deep.equal([said('mail.subject.erasure-decided'), true]);
    expect((await subjectsTo(asker)).at(-1)).to.deep.equal([
      said('mail.subject.asked-erasure-decided'),
      true,
    ]);
    expect((await findErasure(second))?.state).to.equal('done');
  });

  it('is stopped by a legal hold that comes after the decision, says so, and goes on once it is lifted', async () => {
    const { holder } = await signedInHolder('Held Person');
    const by = { actorId: null, now: Date.now() };
    const id = await askForErasure(of(holder.id), '', by);
    await write(
      `update erasure_requests set state = 'decided', because = 'As asked', decided_at = 1 where id = $1`,
      [id],
    );
    const whileErasing = { ...deps(), clock: () => Date.now() };
    let isFirst = true;
    const kept = {
      drop: async () => void (isFirst && (isFirst = false), await placeHold(of(holder.id), 'A claim', by)),
    };
    await carryOutErasure(id, { ...whileErasing, papers: { kept } as never });
    const stopped = await findErasure(id);
    expect(stopped).to.include({ state: 'decided', stepsDone: erasureSteps() - 1 });
    const { browser } = await dina();
    expect(plain((await browser.get(`/admin/erasures/${id}`)).text)).to.include(
      said('erasure.stopped', { done: erasureSteps() - 1, all: erasureSteps() }),
    );
    await carryOutErasure(id, deps());
    expect((await findErasure(id))?.state, 'while it stands').to.equal('decided');
    await liftHold(of(holder.id), by);
    await world().worker.drain();
    expect((await findErasure(id))?.state).to.equal('done');
    expect(await foundAnywhere(['Held Person'])).to.deep.equal([]);
  });

  it('does not leave the installation without an administrator', async () => {
    await write('update users set is_administrator = $1', [false]);
    const only = await dina();
    const id = await askForErasure(of(only.id), '', { actorId: only.id, now: Date.now() });
    expect(await decideErasure(id, 'As asked', { actorId: null, now: Date.now() })).to.equal('last');
  });

  it('happens again when an older copy of the database is put back', async () => {
    const someone = await signedIn({ name: 'Restored Person' });
    await erase(someone.id);
    await write(
      `update users set name = 'Restored Person', email = $2, erased_at = null, disabled_at = null where id = $1`,
      [someone.id, someone.email],
    );
    await write('delete from erasure_requests where user_id = $1', [someone.id]);
    const marks = openCheckpoints(world().config.dataDir);
    expect(await eraseAgain(marks, Date.now())).to.equal(1);
    expect(await eraseAgain(marks, Date.now())).to.equal(0);
    await world().worker.drain();
    expect(await foundAnywhere(['Restored Person', someone.email])).to.deep.equal([]);
  });
});

describe('the page of an erased certificate’s number', () => {
  ownWorld();

  it('says issued, ended or withdrawn, and nobody’s name', async () => {
    const issued = await signedInHolder();
    const ended = await signedInHolder();
    await expire(ended.certificate);
    const verdict = async (code: string) => {
      const page = await world()
        .visitor()
        .get(`/verify/${displayCode(code)}`);
      expect(page.status).to.equal(200);
      expect(plain(page.text)).not.to.include('Ada');
      return /data-verdict="([^"]*)"/.exec(page.text)?.[1];
    };
    for (const { holder } of [issued, ended]) await erase(holder.id);
    expect(await verdict(issued.certificate.code)).to.equal('erased-issued');
    expect(await verdict(ended.certificate.code)).to.equal('erased-ended');
    await write(
      `insert into revocations (certificate_id, organisation_id, reason, revoked_at)
       select id, organisation_id, 'not-earned', 1 from certificates where id = $1`,
      [issued.certificate.id],
    );
    expect(await verdict(issued.certificate.code)).to.equal('erased-withdrawn');
    await write('delete from revocations where certificate_id = $1', [issued.certificate.id]);
  });
});
