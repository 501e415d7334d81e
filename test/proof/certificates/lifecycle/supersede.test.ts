import { expect } from 'chai';
import {
  certificateByCode,
  certificateOf,
  certificatesBefore,
  certificatesOf,
  findCertificate,
  type CertificateFacts,
} from '../../../../server/proof/certificates/queries.js';
import { revoke, suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import {
  reinstate,
  reissueWithNewResults,
  supersede,
} from '../../../../server/proof/certificates/lifecycle/supersede.js';
import { latestList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { verdictOn } from '../../../../server/proof/certificates/verification/verdict.js';
import { setIndexes } from '../../../../server/proof/open-badges/status-list.js';
import { verifyCredential } from '../../../../server/proof/open-badges/verify.js';
import { row, count, write } from '../../../support/rows.js';
import { Conflict } from '../../../../server/errors.js';
import { person } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { quizzesOf } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { said } from '../../../support/said.js';
import { likeSaid } from '../pages.js';

const now = () => Date.now();
const bySystem = () => ({ actorId: null, now: now() });
const settled = () => world().worker.drain();

async function found(id: string | null): Promise<CertificateFacts> {
  const certificate = await findCertificate(id);
  if (!certificate) throw new Error(`There is no certificate ${id}`);
  return certificate;
}

const verdict = async (id: string) => verdictOn(await found(id), world().issuer, now());

/** As somebody offline sees it, with the newest list. */
async function offline({ credential, facts }: CertificateFacts) {
  const { issuer } = world();
  const list = await latestList(facts.statusList.id);
  const statusList = list?.content ?? null;
  return verifyCredential({ text: credential ?? '', didDocument: issuer.document, now: now(), statusList });
}

const bitOf = async ({ facts }: CertificateFacts) =>
  setIndexes((await latestList(facts.statusList.id))?.content ?? '').includes(facts.statusList.index);

const correct = (id: string, name = 'Ada Brandt') =>
  supersede(id, { facts: { name }, reason: 'name-corrected' }, bySystem());

describe('superseding a certificate', () => {
  ownWorld();
  it('replaces it with one of the same code and cycle, and leaves the old one unchanged', async () => {
    const { certificate: old, cycle } = await holder();
    const id = await correct(old.id);
    await settled();
    const [fresh, kept] = [await found(id), await found(old.id)];
    expect(fresh).to.include({
      code: old.code,
      cycleId: cycle.id,
      awardedAt: old.awardedAt,
      replaces: old.id,
    });
    expect(fresh.facts).to.deep.include({ name: 'Ada Brandt', modules: old.facts.modules });
    expect(fresh.facts.statusList).to.not.deep.equal(old.facts.statusList);
    expect(fresh.facts.subjectId).to.not.equal(old.facts.subjectId);
    expect(kept).to.include({
      credential: old.credential,
      replacedBy: id,
      supersessionReason: 'name-corrected',
    });
    expect(await certificateOf(cycle.id)).to.include({ id });
    expect(await certificateByCode(old.code)).to.include({ id });
    expect((await certificatesBefore(fresh)).map(each => each.id)).to.deep.equal([old.id]);
    expect((await certificatesOf(old.userId)).map(each => each.id)).to.deep.equal([id]);
  });

  it('makes the new one valid and the old one invalid, online and offline', async () => {
    const { certificate: old } = await holder();
    const id = await correct(old.id);
    await settled();
    expect([await verdict(id), await verdict(old.id)]).to.deep.equal(['valid', 'superseded']);
    expect((await offline(await found(id))).verdict).to.equal('valid');
    expect((await offline(old)).verdict).to.equal('revoked');
  });

  it('sends the holder one mail, without the reason in its subject', async () => {
    const { certificate: old, holder: ada } = await holder();
    await correct(old.id);
    await settled();
    const [, mail, ...more] = world().mailbox.to(ada.email);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal(said('mail.subject.certificate-replaced'));
    expect(mail?.text)
      .to.include(said('reason.name-corrected'))
      .and.match(likeSaid('mail.certificateReplaced.text', 'date'));
  });

  it('happens once when ten requests arrive together', async () => {
    const { certificate: old, cycle } = await holder();
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => correct(old.id)));
    await settled();
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    for (const each of tries) if (each.status === 'rejected') expect(each.reason).to.be.instanceOf(Conflict);
    expect(await count('certificates where cycle_id = $1', [cycle.id])).to.equal(2);
    expect(await count('certificates where cycle_id = $1 and superseded_at is null', [cycle.id])).to.equal(1);
  });

  it('leaves one current certificate for each cycle and each code, whoever writes', async () => {
    const [{ certificate: one }, { certificate: other }] = [await holder(), await holder()];
    for (const column of ['cycle_id', 'code']) {
      const copy = `update certificates set ${column} = (select ${column} from certificates where id = $1) where id = $2`;
      const fault = await write(copy, [one.id, other.id]).catch((thrown: unknown) => String(thrown));
      expect(fault, column).to.match(/unique/i);
    }
  });

  it('refuses to replace, revoke or suspend a superseded certificate', async () => {
    const [{ certificate: old, holder: ada }] = [await holder()];
    const second = await correct(old.id);
    await settled();
    const third = await correct(second, 'Ada Third');
    await settled();
    const late = { actorId: ada.id, now: now() };
    const tries = await Promise.allSettled([
      correct(old.id),
      revoke(old, { reason: 'not-earned', note: null }, late),
      suspend(old, { reason: 'under-review', note: null }, late),
    ]);
    for (const each of tries) expect(each.status === 'rejected' && each.reason).to.be.instanceOf(Conflict);
    const current = await certificateByCode(old.code);
    expect(current).to.include({ id: third });
    const before = current && (await certificatesBefore(current));
    expect(before?.map(({ id }) => id)).to.deep.equal([second, old.id]);
  });

  it('finds the old one by the code, as superseded, until the new one is signed', async () => {
    const { certificate: old } = await holder();
    const id = await correct(old.id);
    await settled();
    await write('delete from issuance_ledger where certificate_id = $1', [id]);
    await write(
      'update certificates set issued_at = null, credential = null, ledger_seq = null where id = $1',
      [id],
    );
    expect(await certificateByCode(old.code)).to.include({ id: old.id });
    expect(await verdict(old.id)).to.equal('superseded');
  });

  it('is refused for a revoked certificate', async () => {
    const { certificate, holder: ada } = await holder();
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: ada.id, now: now() });
    expect(await correct(certificate.id).catch((fault: unknown) => fault)).to.be.instanceOf(Conflict);
  });
});

describe('suspending a certificate', () => {
  ownWorld();
  const suspended = async () => {
    const [world, ben] = [await holder(), await person({ name: 'Ben Okafor' })];
    const why = { reason: 'under-review', note: 'Asked by phone' } as const;
    await suspend(world.certificate, why, { actorId: ben.id, now: now() });
    await settled();
    return { ...world, ben };
  };

  it('shows it as suspended online and as revoked offline, stores who, when and why, and tells the holder', async () => {
    const { certificate, ben, holder: ada } = await suspended();
    expect(await verdict(certificate.id)).to.equal('suspended');
    expect((await offline(certificate)).verdict).to.equal('revoked');
    expect(
      await row('select reason, note, actor_id as who from suspensions where certificate_id = $1', [
        certificate.id,
      ]),
    ).to.deep.equal({ reason: 'under-review', note: 'Asked by phone', who: ben.id });
    const mail = world().mailbox.to(ada.email).at(-1);
    expect(mail?.text).to.include(said('reason.under-review')).and.not.include('Asked by phone');
  });

  it('happens once, and a correction does not lift it', async () => {
    const { certificate, ben } = await suspended();
    const again = suspend(
      certificate,
      { reason: 'holder-asked', note: null },
      { actorId: ben.id, now: now() },
    );
    expect(await again.catch((fault: unknown) => fault)).to.be.instanceOf(Conflict);
    expect(await correct(certificate.id).catch((fault: unknown) => fault)).to.be.instanceOf(Conflict);
    expect(await verdict(certificate.id)).to.equal('suspended');
  });

  it('is lifted by a new certificate with the same code; the bit of the old one stays set', async () => {
    const { certificate: old, ben } = await suspended();
    const id = await reinstate(old.id, 'All is well', { actorId: ben.id, now: now() });
    await settled();
    expect([await verdict(id), await verdict(old.id)]).to.deep.equal(['valid', 'superseded']);
    expect((await offline(await found(id))).verdict).to.equal('valid');
    expect(await bitOf(old)).to.equal(true);
    expect(await found(id)).to.include({ code: old.code, replaces: old.id });
    const once = reinstate(old.id, null, { actorId: ben.id, now: now() });
    expect(await once.catch((fault: unknown) => fault)).to.be.instanceOf(Conflict);
  });

  it('may end in a revocation', async () => {
    const { certificate, ben } = await suspended();
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: ben.id, now: now() });
    expect(await verdict(certificate.id)).to.equal('revoked');
    const lifted = reinstate(certificate.id, null, { actorId: ben.id, now: now() });
    expect(await lifted.catch((fault: unknown) => fault)).to.be.instanceOf(Conflict);
  });
});

describe('reissuing for a cycle whose results changed', () => {
  ownWorld();
  const regrade = async (change: string) => {
    const made = await holder();
    const [quiz = ''] = await quizzesOf(made.cycle);
    await write(`update attempts set ${change} where cycle_id = $1 and quiz = $2`, [made.cycle.id, quiz]);
    return { ...made, quiz };
  };
  const again = (cycleId: string, key: string) =>
    reissueWithNewResults(cycleId, 'result-regraded', key, now());

  it('prints the new results, once for each key', async () => {
    const { cycle, certificate: old, quiz } = await regrade('points = max_points - 1');
    const key = `test:${old.id}`;
    const came = await Promise.all(Array.from({ length: 5 }, () => again(cycle.id, key)));
    await settled();
    expect(came.toSorted()).to.deep.equal(['reissued', ...Array<string>(4).fill('unchanged')]);
    const current = await certificateOf(cycle.id);
    expect(current).to.include({ replaces: old.id, code: old.code });
    const result = current?.facts.modules.find(({ id }) => id === quiz);
    expect(result?.percent).to.be.within(1, 99);
    expect(await found(old.id)).to.include({ supersessionReason: 'result-regraded' });
    await write('update attempts set points = max_points where cycle_id = $1 and quiz = $2', [
      cycle.id,
      quiz,
    ]);
    expect(await again(cycle.id, key)).to.equal('unchanged');
    expect(await again(cycle.id, `${key}:later`)).to.equal('reissued');
  });

  it('changes nothing when the certificate already has the results', async () => {
    const { cycle, certificate } = await holder();
    expect(await again(cycle.id, `same:${certificate.id}`)).to.equal('unchanged');
    expect(await certificateOf(cycle.id)).to.include({ id: certificate.id });
  });

  it('changes nothing when a result is no longer a pass', async () => {
    const { cycle, certificate } = await regrade('passed = false, points = 0');
    expect(await again(cycle.id, `lost:${certificate.id}`)).to.equal('no-longer-earned');
    expect(await verdict(certificate.id)).to.equal('valid');
  });

  it('skips revoked certificates, and cycles without one', async () => {
    const { cycle, certificate, holder: ada } = await regrade('points = max_points - 1');
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: ada.id, now: now() });
    expect(await again(cycle.id, `gone:${certificate.id}`)).to.equal('no-certificate');
    expect(await again('00000000-0000-4000-8000-000000000000', 'none')).to.equal('no-certificate');
  });
});
