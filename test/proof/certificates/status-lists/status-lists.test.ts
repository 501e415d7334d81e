import { expect } from 'chai';
import { findCertificate } from '../../../../server/proof/certificates/queries.js';
import { publishStateChange, revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import {
  currentList,
  latestList,
  randomPlace,
  signAllLists,
  signList,
  signStaleLists,
} from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { supersede } from '../../../../server/proof/certificates/lifecycle/supersede.js';
import { verdictOn } from '../../../../server/proof/certificates/verification/verdict.js';
import { readStatus, STATUS_LIST_SIZE } from '../../../../server/proof/open-badges/status-list.js';
import { statusListUrl } from '../../../../server/proof/open-badges/credential.js';
import { row, rows, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { Conflict } from '../../../../server/errors.js';
import { person } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

interface Version {
  number: number;
  sha256: string;
  previous: string;
}

const versionsOf = (listId: number) =>
  rows<Version>(
    'select number, sha256, previous_sha256 as previous from status_list_versions where list_id = $1 order by number',
    [listId],
  );

async function stateOf({ id, index }: { id: number; index: number }) {
  const list = await latestList(id);
  const { issuer, base } = world();
  const status = await readStatus({
    list: list?.content ?? null,
    url: statusListUrl(base, id),
    index,
    didDocument: issuer.document,
    now: Date.now(),
  });
  return status.state;
}

describe('status lists', () => {
  ownWorld();

  it('are signed again when the clock was ahead, and accepted meanwhile within five minutes', async () => {
    const { certificate } = await holder();
    const { issuer } = world();
    const { id } = certificate.facts.statusList;
    const now = Date.now();
    const signedAhead = (ms: number) => signList(id, issuer, now + ms);
    await signedAhead(4 * 60_000);
    expect(await verdictOn(certificate, issuer, now)).to.equal('valid');
    await signedAhead(3 * 86_400_000);
    expect(await verdictOn(certificate, issuer, now)).to.equal('cannot-tell');
    await signStaleLists(issuer, now);
    expect(await verdictOn(certificate, issuer, now)).to.equal('valid');
  });

  it('are signed while certificates change state, without a deadlock', async () => {
    const certificates = [];
    for (let made = 0; made < 5; made++) certificates.push((await holder()).certificate);
    const by = { actorId: (await person({ isAdministrator: true })).id, now: Date.now() };
    const listId = certificates[0]?.facts.statusList.id ?? 0;
    const change = { facts: { name: 'Ada Brandt' }, reason: 'name-corrected' } as const;
    const newIds = await Promise.all(
      certificates.map(async ({ id }) => {
        const [newId] = await Promise.all([
          supersede(id, change, by),
          signList(listId, world().issuer, by.now),
        ]);
        return newId;
      }),
    );
    expect(new Set(newIds).size).to.equal(certificates.length);
  });

  it('say "good" of a certificate until it is revoked, and "revoked" after the next signature', async () => {
    const [{ certificate }, other, dina] = [
      await holder(),
      await holder(),
      await person({ isAdministrator: true }),
    ];
    const place = certificate.facts.statusList;
    expect(await stateOf(place)).to.equal('good');
    const before = await latestList(place.id);
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: dina.id, now: Date.now() });
    await world().worker.drain();
    expect(await stateOf(place)).to.equal('revoked');
    expect(await stateOf(other.certificate.facts.statusList)).to.equal('good');
    expect((await latestList(place.id))?.number).to.be.greaterThan(before?.number ?? 0);
  });

  it('never lose a bit that was set, whoever signs next', async () => {
    const [{ certificate }, dina] = [await holder(), await person({ isAdministrator: true })];
    await revoke(
      certificate,
      { reason: 'issued-in-error', note: null },
      { actorId: dina.id, now: Date.now() },
    );
    const { id } = certificate.facts.statusList;
    await Promise.all([
      ...Array.from({ length: 5 }, () => signList(id, world().issuer, Date.now())),
      publishStateChange(certificate.id, world().issuer, Date.now()),
      signAllLists(world().issuer, Date.now()),
    ]);
    await world().worker.drain();
    expect(await stateOf(certificate.facts.statusList)).to.equal('revoked');
  });

  it('are not signed when a bit would be cleared because the row of its revocation is gone', async () => {
    const [{ certificate }, dina] = [await holder(), await person({ isAdministrator: true })];
    const { id, index } = certificate.facts.statusList;
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: dina.id, now: Date.now() });
    await world().worker.drain();
    const before = await latestList(id);
    await inTransaction(async () => {
      await rows('delete from revocations where certificate_id = $1', [certificate.id]);
      const fault = await signList(id, world().issuer, Date.now()).catch((thrown: unknown) => String(thrown));
      expect(fault).to.include(`would clear the bits ${index}`);
      const found = await findCertificate(certificate.id);
      expect(found && (await verdictOn(found, world().issuer, Date.now()))).to.equal('cannot-tell');
      throw new Error('undone');
    }).catch((fault: unknown) => expect(String(fault)).to.equal('Error: undone'));
    expect(await latestList(id)).to.deep.equal(before);
  });

  it('are followed by a new list when four fifths of the indexes are taken', async () => {
    await holder();
    await inTransaction(async () => {
      const { id } = await randomPlace(Date.now());
      const used = await count('certificates where status_list_id = $1', [id]);
      expect((await randomPlace(Date.now(), Math.ceil(used / 0.8))).id).to.equal(id);
      const next = await randomPlace(Date.now(), Math.floor(used / 0.8) - 1);
      expect(next.id).to.equal(id + 1);
      throw new Error('undone');
    }).catch((fault: unknown) => expect(String(fault)).to.equal('Error: undone'));
  });

  it('are signed again after a week without a change, and not before', async () => {
    const { id } = (await holder()).certificate.facts.statusList;
    const { number } = await signList(id, world().issuer, Date.now());
    await signStaleLists(world().issuer, Date.now());
    expect((await latestList(id))?.number).to.equal(number);
    await write('update status_list_versions set created_at = $1 where list_id = $2 and number = $3', [
      Date.now() - 7 * 86_400_000 - 1,
      id,
      number,
    ]);
    // Five who find it old at once have it signed once.
    const found = await Promise.all([1, 2, 3, 4, 5].map(() => currentList(id, world().issuer, Date.now())));
    expect(found.map(version => version?.number)).to.deep.equal(Array.from({ length: 5 }, () => number + 1));
    await signStaleLists(world().issuer, Date.now());
    expect((await latestList(id))?.number).to.equal(number + 1);
  });

  it('are kept in every version, numbered without a gap, and each names the one before', async () => {
    const { id } = (await holder()).certificate.facts.statusList;
    await Promise.all(Array.from({ length: 5 }, () => signList(id, world().issuer, Date.now())));
    const versions = await versionsOf(id);
    versions.forEach(({ number, previous }, index) => {
      expect(number).to.equal(index + 1);
      expect(previous).to.equal(versions[index - 1]?.sha256 ?? '0'.repeat(64));
    });
    expect(versions.length).to.be.greaterThan(5);
  });

  it('exist only once a certificate has an index in them', async () => {
    expect(await currentList(999_999, world().issuer, Date.now())).to.equal(null);
  });

  it('give indexes at random, inside the list', async () => {
    await holder();
    const undone = new Error('undone');
    const places: { id: number; index: number }[] = [];
    await inTransaction(async () => {
      for (let times = 0; times < 50; times += 1) places.push(await randomPlace(Date.now()));
      throw undone;
    }).catch((fault: unknown) => expect(fault).to.equal(undone));
    const indexes = places.map(({ index }) => index);
    expect(new Set(indexes).size).to.be.greaterThan(45);
    for (const index of indexes) expect(index).to.be.within(0, STATUS_LIST_SIZE - 1);
    expect(indexes).to.not.deep.equal([...indexes].sort((a, b) => a - b));
  });
});

describe('revoking', () => {
  ownWorld();

  it('happens once for ten requests at the same time', async () => {
    const [{ certificate }, dina] = [await holder(), await person({ isAdministrator: true })];
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        revoke(certificate, { reason: 'not-earned', note: null }, { actorId: dina.id, now: Date.now() }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    for (const each of tries) if (each.status === 'rejected') expect(each.reason).to.be.instanceOf(Conflict);
    expect(
      await count(`events where name = 'certificate.revoked' and payload like $1`, [`%${certificate.id}%`]),
    ).to.equal(1);
  });

  it('stores who, when, why and the note', async () => {
    const [{ certificate }, dina] = [await holder(), await person({ isAdministrator: true })];
    await revoke(certificate, { reason: 'holder-asked', note: 'By phone' }, { actorId: dina.id, now: 1234 });
    expect(
      await row(
        'select reason, note, actor_id as who, revoked_at as at from revocations where certificate_id = $1',
        [certificate.id],
      ),
    ).to.deep.equal({ reason: 'holder-asked', note: 'By phone', who: dina.id, at: 1234 });
    expect(await findCertificate(certificate.id)).to.include({
      revokedAt: 1234,
      revocationReason: 'holder-asked',
    });
  });

  it('leaves the signed credential as it was', async () => {
    const [{ certificate }, dina] = [await holder(), await person({ isAdministrator: true })];
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId: dina.id, now: Date.now() });
    await world().worker.drain();
    expect((await findCertificate(certificate.id))?.credential).to.equal(certificate.credential);
  });
});
