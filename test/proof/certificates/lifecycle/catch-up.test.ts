import { expect } from 'chai';
import {
  requestMissingCertificates,
  isCertificateDelayed,
} from '../../../../server/proof/certificates/lifecycle/catch-up.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { row, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueueMissed } from '../../../../server/platform/events/missed-jobs.js';
import { record } from '../../../../server/platform/events/record.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { passedAll, withBrokenSigning } from '../../../support/programs/broken-signing.js';
import { dina, person, signedIn } from '../../../support/people.js';
import { enrolled } from '../../../support/walk.js';
import { send } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';

const HOUR = 3_600_000;

/** The job that issues the certificate of a cycle. */
const jobOf = (cycleId: string) =>
  row<{ id: string; state: string; attempts: number }>(
    `select j.id, j.state, j.attempts from jobs j join events e on e.id = j.event_id
     where j.reaction = 'certificates.issue' and e.payload like $1`,
    [`%"${cycleId}"%`],
  );

const stateOn = (text: string) => /data-certificate="(\w+)"/.exec(text)?.[1] ?? null;
const warningsOn = (text: string) => [...text.matchAll(/data-warning="([^"]*)"/g)].map(([, key]) => key);

describe('a certificate that cannot be made', () => {
  ownWorld();
  it('is retried without end, its holder and administrators are told, and it is made at last', async () => {
    const [learner, admin] = [await signedIn(), await dina()];
    let now = Date.now();
    let [path, result] = ['', ''];
    await withBrokenSigning(
      async worker => {
        const { cycle, last } = await passedAll(learner);
        [path, result] = [`/learning/${cycle.id}`, `/attempts/${last}`];
        now = Date.now();
        await worker.drain();
        expect(await isCertificateDelayed(cycle.id)).to.equal(true);
        for (const page of [path, result]) {
          const { text } = await learner.browser.get(page);
          expect(stateOn(text), page).to.equal('delayed');
          expect(text).to.include(cycle.id.slice(0, 8)).and.include(world().config.contactEmail);
        }
        expect(warningsOn((await admin.browser.get('/admin')).text)).to.include('work-failing');
        for (let n = 0; n < 15; n += 1) {
          now += HOUR;
          await worker.drain();
        }
        expect(await jobOf(cycle.id)).to.include({ state: 'ready', attempts: 16 });
      },
      { clock: () => now },
    );
    const id = path.split('/').at(-1) ?? '';
    expect(await certificateOf(id)).to.include({ issuedAt: null });
    await send(admin.browser, `/admin/jobs/${(await jobOf(id))?.id}/attempt`);
    await world().worker.drain();
    expect((await certificateOf(id))?.issuedAt).to.be.a('number');
    for (const page of [path, result]) expect(stateOn((await learner.browser.get(page)).text)).to.equal(null);
    expect(world().mailbox.to(learner.email)).to.have.length(1);
  });

  it('is announced as being on its way until then', async () => {
    const learner = await signedIn();
    const { id } = await passedUnheard(learner);
    expect(stateOn((await learner.browser.get(`/learning/${id}`)).text)).to.equal('soon');
  });
});

/** Everything passed under a program that did not know that a certificate follows. */
async function passedUnheard(learner: { id: string }): Promise<CycleFacts> {
  let passed: CycleFacts | undefined;
  await withBrokenSigning(
    async worker => {
      passed = (await passedAll(learner)).cycle;
      await worker.drain();
      await write(
        `delete from jobs where reaction = 'certificates.issue' and event_id in
             (select id from events where name = 'course.completed' and payload like $1)`,
        [`%"${passed.id}"%`],
      );
    },
    { knows: name => name !== 'certificates.issue' },
  );
  if (!passed) throw new Error('Nothing was passed');
  expect(await certificateOf(passed.id)).to.equal(null);
  return passed;
}

const issuedAt = async (cycleId: string) => (await certificateOf(cycleId))?.issuedAt;

describe('catching up', () => {
  ownWorld();
  it('issues a certificate whose job was lost or never queued, once', async () => {
    const { id } = await passedUnheard(await person());
    for (let time = 0; time < 2; time += 1) {
      await enqueueMissed(Date.now());
      await world().worker.drain();
    }
    expect(await issuedAt(id)).to.be.a('number');
    expect(await count('certificates where cycle_id = $1', [id])).to.equal(1);
  });

  it('issues what was found to be missing', async () => {
    const { id: cycleId, userId, organisationId } = await passedUnheard(await person());
    const circumstances = { actorId: null, organisationId, now: Date.now() };
    await inTransaction(() => record('certificate.missing', { cycleId, userId }, circumstances));
    await world().worker.drain();
    expect(await issuedAt(cycleId)).to.be.a('number');
  });

  describe('finds people who completed a course and have no certificate', () => {
    /** A time of its own, so far ahead that only what a test puts there is found. */
    const THEN = Date.UTC(2093, 0, 1);

    /** A cycle that was completed then without a certificate; what `look` puts in the queue is not due before. */
    async function unseen(look: (cycle: { id: string; found(): Promise<number> }) => Promise<void>) {
      const learner = await person();
      const { id } = await enrolled(learner);
      await write(
        `insert into certificate_searches (id, completed_until) values (1, $1)
        on conflict (id) do update set completed_until = excluded.completed_until`,
        [THEN],
      );
      await write('update cycles set completed_at = $1 where id = $2', [THEN + 1, id]);
      const found = () =>
        count(`events where name = 'certificate.missing' and payload like $1`, [`%"${id}"%`]);
      await look({ id, found });
      await write('update cycles set completed_at = null where id = $1', [id]);
      await write('delete from certificate_searches');
    }

    it('once', async () => {
      await unseen(async ({ found }) => {
        await requestMissingCertificates(THEN + HOUR);
        expect(await found()).to.equal(1);
      });
    });

    it('only after a while: its own job comes first', async () => {
      await unseen(async ({ found }) => {
        await requestMissingCertificates(THEN + 1000);
        expect(await found()).to.equal(0);
      });
    });

    it('a month back, whatever the last search stored', async () => {
      await unseen(async ({ found }) => {
        await write('update certificate_searches set completed_until = $1', [THEN + 9 * HOUR]);
        await requestMissingCertificates(THEN + 10 * HOUR);
        expect(await found()).to.equal(1);
      });
    });

    for (const state of ['ready', 'running', 'failed', 'given-up']) {
      it(`but skips one whose job is ${state}`, async () => {
        await unseen(async ({ id, found }) => {
          const by = { actorId: null, organisationId: null, now: THEN };
          await inTransaction(() => record('course.completed', { cycleId: id, userId: id }, by));
          await write(
            `update jobs set state = $1 where reaction = 'certificates.issue' and event_id in
               (select id from events where payload like $2)`,
            [state, `%"${id}"%`],
          );
          await requestMissingCertificates(THEN + HOUR);
          expect(await found()).to.equal(0);
        });
      });
    }
  });
});
