import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { checkEverything } from '../../../../server/proof/certificates/ledger/check/check-everything.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { issueIfEarned } from '../../../../server/proof/certificates/lifecycle/issue.js';
import type { Issuer } from '../../../../server/proof/certificates/issuer/issuer.js';
import { openSigners, type Signers } from '../../../../server/proof/certificates/signing/signers.js';
import { latestList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { hashOf } from '../../../../server/proof/open-badges/sign.js';
import { verifyCredential } from '../../../../server/proof/open-badges/verify.js';
import { rows, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { recordPass } from '../../../../server/teaching/learning/progress.js';
import { finishAlike } from '../../../bench/batch/finished-learners.js';
import { oneByOne } from '../../../../server/platform/lib/lists/one-by-one.js';
import { person } from '../../../support/people.js';
import {
  almostThrough,
  COURSE,
  course,
  enrolled,
  freshCycle,
  quizzesOf,
  readLessons,
  takeQuiz,
} from '../../../support/walk.js';
import { holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

const issue = (cycleId: string) => issueIfEarned(cycleId, world().issuer, Date.now());

/** The cycles of so many people who finish in one commit; with it the third is changed by a statement. */
async function finishedTogether(number: number, change?: string): Promise<CycleFacts[]> {
  const people = await Promise.all(Array.from({ length: number }, () => person()));
  const cycles = await oneByOne(people, each => enrolled(each));
  for (const cycle of cycles) await readLessons(cycle);
  await inTransaction(async () => {
    for (const cycle of cycles) for (const quiz of await quizzesOf(cycle)) await takeQuiz(cycle, quiz);
    if (change) await rows(change, [people[2]?.id ?? '']);
  });
  return cycles;
}

describe('issuing a certificate', () => {
  ownWorld();
  it('does nothing for a cycle that is not complete or does not exist', async () => {
    const cycle = await enrolled(await person());
    await issue(cycle.id);
    await issue('00000000-0000-4000-8000-000000000000');
    expect(await certificateOf(cycle.id)).to.equal(null);
  });

  it('happens exactly once when twenty jobs run at the moment of completion', async () => {
    const ada = await person();
    const cycle = await enrolled(ada);
    await readLessons(cycle);
    // All passes become known in one commit, so that the worker and the twenty start at the same moment.
    await inTransaction(async () => {
      for (const quiz of await quizzesOf(cycle)) {
        const attempt = await takeQuiz(cycle, quiz);
        await recordPass(
          { cycleId: cycle.id, quiz, attemptId: attempt.id, passedAt: Date.now() },
          Date.now(),
        );
      }
    });
    await Promise.all(Array.from({ length: 20 }, () => issue(cycle.id)));
    await world().worker.drain();

    expect(await count('certificates where cycle_id = $1', [cycle.id])).to.equal(1);
    const id = (await certificateOf(cycle.id))?.id ?? '';
    for (const name of ['certificate.awarded', 'certificate.issued']) {
      expect(await count('events where name = $1 and payload like $2', [name, `%${id}%`]), name).to.equal(1);
    }
    expect(world().mailbox.to(ada.email)).to.have.length(1);
  });

  it('issues twenty at once, each with its own status index, in an unbroken ledger', async () => {
    const { holder: model } = await holder();
    const before = await checkEverything({ addresses: world().config });
    await finishAlike(model.email, 20);
    const cycles = await rows<{ id: string }>(
      `select c.id from cycles c join users u on u.id = c.user_id where u.email like 'learner-%@example.org'`,
    );
    await Promise.all(cycles.map(({ id }) => issue(id)));
    await world().worker.drain();

    const issued = await Promise.all(cycles.map(({ id }) => certificateOf(id)));
    expect(issued.filter(certificate => certificate?.credential)).to.have.length(20);
    const places = issued.map(certificate => JSON.stringify(certificate?.facts.statusList));
    expect(new Set(places).size).to.equal(20);
    const after = await checkEverything({ addresses: world().config });
    expect(after.discrepancies).to.deep.equal(before.discrepancies);
    expect(after.counted['issuance_ledger']).to.equal((before.counted['issuance_ledger'] ?? 0) + 20);

    // Those who were stored by one transaction vouch for the same end of their organisation's events.
    const ends = await rows(
      `select distinct event_seq from issuance_ledger where certificate_id in (${issued.map(each => `'${each?.id}'`).join(', ')})`,
    );
    expect(ends.length).to.be.below(10);
  });

  it('of several at once, of whom some have an award, awards the others once', async () => {
    const cycles = await finishedTogether(4);
    const ids = cycles.map(({ id }) => id);
    await issue(ids[1] ?? '');
    await Promise.all([...ids, ...ids].map(issue));
    await world().worker.drain();
    for (const id of ids) {
      expect(await count('certificates where cycle_id = $1', [id])).to.equal(1);
      expect(
        await count(`events where name = 'certificate.awarded' and payload like $1`, [`%${id}%`]),
      ).to.equal(1);
    }
  });

  it('of several at once fails for the one whose learner was erased, and for nobody else', async () => {
    const learners = await Promise.all(Array.from({ length: 4 }, () => person()));
    const cycles = await oneByOne(learners, each => enrolled(each));
    for (const cycle of cycles) await readLessons(cycle);
    await inTransaction(async () => {
      for (const cycle of cycles) for (const quiz of await quizzesOf(cycle)) await takeQuiz(cycle, quiz);
      await rows('update users set erased_at = 1 where id = $1', [learners[2]?.id ?? '']);
    });
    const outcomes = await Promise.allSettled(cycles.map(({ id }) => issue(id)));
    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
    const issued = await Promise.all(cycles.map(({ id }) => certificateOf(id)));
    expect(issued.map(certificate => Boolean(certificate?.issuedAt))).to.deep.equal([
      true,
      true,
      false,
      true,
    ]);
  });

  describe('when the signing thread dies', () => {
    /** The issuer of the world, whose threads are replaced for a while. */
    const issuer = () => world().issuer as { -readonly [Part in keyof Issuer]: Issuer[Part] };
    let folder: string;
    let mortal: Signers;

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'mortal-'));
      const program = `import { parentPort } from 'node:worker_threads';
        parentPort.on('message', () => process.exit(1));
        parentPort.postMessage('ready');`;
      writeFileSync(join(folder, 'program.mjs'), program);
      mortal = openSigners(pathToFileURL(join(folder, 'program.mjs')), 1);
    });
    after(async () => {
      await mortal.close();
      rmSync(folder, { recursive: true });
    });

    it('retries the job and issues the certificate once', async () => {
      const cycle = await enrolled(await person());
      const lasting = issuer().signers;
      await mortal.ready();
      issuer().signers = mortal;
      try {
        await almostThrough(cycle, []);
      } finally {
        issuer().signers = lasting;
      }
      expect(await certificateOf(cycle.id)).to.include({ credential: null });
      await write(`update jobs set run_at = 0 where state = 'ready' and reaction = 'certificates.issue'`);
      await world().worker.drain();
      const certificate = await certificateOf(cycle.id);
      expect(certificate?.credential).to.be.a('string');
      expect(await count('issuance_ledger where certificate_id = $1', [certificate?.id ?? ''])).to.equal(1);
    });
  });

  it('signs an award that a crash left unsigned, with the facts of the award', async () => {
    const { cycle, certificate } = await holder();
    await write('delete from issuance_ledger where certificate_id = $1', [certificate.id]);
    await write(
      `update certificates set credential = null, sha256 = null, key_id = null, issued_at = null,
         ledger_seq = null, ledger_head = null where id = $1`,
      [certificate.id],
    );
    await issue(cycle.id);
    const again = await certificateOf(cycle.id);
    expect(again).to.deep.include({ id: certificate.id, code: certificate.code, facts: certificate.facts });
    expect(again?.credential).to.be.a('string');
  });

  it('never signs a signed certificate again', async () => {
    const { cycle, certificate } = await holder();
    await issue(cycle.id);
    expect(await certificateOf(cycle.id)).to.deep.equal(certificate);
  });

  it('stores the exact bytes that were signed, and a stranger can verify them', async () => {
    const { certificate } = await holder();
    expect(hashOf(certificate.credential)).to.equal(certificate.sha256);
    const list = await latestList(certificate.facts.statusList.id);
    const check = await verifyCredential({
      text: certificate.credential,
      didDocument: world().issuer.document,
      now: Date.now(),
      statusList: list?.content ?? null,
      expectSha256: certificate.sha256,
    });
    expect([check.verdict, check.reasons]).to.deep.equal(['valid', []]);
  });

  it('states the holder, the course, the dates and the results', async () => {
    const { cycle, certificate } = await holder('Zoë Łukasz');
    const { completedAt } = await freshCycle(cycle);
    const { snapshot, number } = await course();
    expect(certificate.awardedAt).to.equal(completedAt);
    expect(certificate.facts).to.deep.include({
      name: 'Zoë Łukasz',
      organisationName: 'Test Passage',
      issuerName: 'Test Passage',
      assurance: 'holder',
      baseUrl: world().base,
    });
    expect(certificate.facts.course).to.include({ slug: COURSE, version: number, title: snapshot.title });
    const named = certificate.facts.modules.map(({ id }) => id);
    expect(named).to.have.members(await quizzesOf(cycle));
    for (const { percent, requiredPercent } of certificate.facts.modules) {
      expect(percent).to.equal(100);
      expect(requiredPercent).to.be.within(1, 100);
    }
    expect(certificate.validUntil).to.be.greaterThan(certificate.awardedAt);
    expect(certificate.credential).to.include('Zoë Łukasz').and.include(snapshot.title);
  });

  it('keeps the name of the award when the person is renamed', async () => {
    const { holder: ada, certificate, cycle } = await holder();
    await write('update users set name = $1 where id = $2', ['Ada Brandt', ada.id]);
    await issue(cycle.id);
    expect((await certificateOf(cycle.id))?.facts.name).to.equal(certificate.facts.name);
  });

  it('puts no address and no id of the person, the cycle or the attempts into the credential', async () => {
    const { holder: ada, certificate, cycle } = await holder();
    for (const secret of [ada.email, ada.id, cycle.id, cycle.enrolmentId, cycle.organisationId]) {
      expect(certificate.credential).to.not.include(secret);
    }
  });

  it('gives each certificate its own code and its own status index', async () => {
    const [one, two] = [await holder(), await holder()];
    expect(one.certificate.code).to.match(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(one.certificate.code).to.not.equal(two.certificate.code);
    expect(one.certificate.facts.statusList).to.not.deep.equal(two.certificate.facts.statusList);
  });
});
