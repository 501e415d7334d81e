import { expect } from 'chai';
import { checkEverything } from '../../../../server/proof/certificates/ledger/check/check-everything.js';
import { runRedate } from '../../../../server/proof/certificates/lifecycle/command-redate.js';
import { issueIfEarned } from '../../../../server/proof/certificates/lifecycle/issue.js';
import { datedAhead } from '../../../../server/proof/certificates/lifecycle/redate.js';
import { revoke, suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import {
  certificateByCode,
  certificateOf,
  findCertificate,
} from '../../../../server/proof/certificates/queries.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { record } from '../../../../server/platform/events/record.js';
import { watchClock } from '../../../../server/platform/events/routines/clock-hold.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { dayOf } from '../../../../server/platform/lib/days.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { dina, person } from '../../../support/people.js';
import { almostThrough, enrolled } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';
import { verdictOn } from '../pages.js';

const [MINUTE, DAY] = [60_000, 86_400_000];

describe('what a clock that was fast has dated ahead', () => {
  ownWorld();
  let fast: number;
  beforeEach(() => (fast = Date.now() + 400 * DAY));

  const real = { clock: Date.now, elapsed: () => performance.now() };

  /** Somebody who handed in while the clock was fast; what is dated waited meanwhile. */
  async function handedIn(): Promise<CycleFacts> {
    let wall = Date.now();
    await watchClock({ clock: () => wall, elapsed: () => 0 });
    wall += 400 * DAY;
    const cycle = await enrolled(await person());
    await almostThrough(cycle, []);
    await world().worker.drain();
    await write('update cycles set completed_at = $2 where id = $1', [cycle.id, fast]);
    await write('update credits set completed_on = $2 where source_id = $1', [
      cycle.id,
      dayOf(fast, cycle.timeZone),
    ]);
    await watchClock(real);
    return cycle;
  }

  async function redated(...args: string[]): Promise<number> {
    const code = await runRedate(['redate', ...args], Date.now(), () => undefined);
    await world().worker.drain();
    return code;
  }

  const completion = (id: string) =>
    row<{ at: number; day: string }>(
      `select y.completed_at as at, c.completed_on as day from cycles y join credits c on c.source_id = y.id where y.id = $1`,
      [id],
    );
  const verdict = async (code: string) => verdictOn((await world().visitor().get(`/verify/${code}`)).text);

  it('cannot be signed, and is signed at once when it is dated anew', async () => {
    const cycle = await handedIn();
    await world().worker.drain();
    expect(await count('jobs where failure is not null')).to.equal(1);
    expect(await certificateOf(cycle.id)).to.include({ credential: null, awardedAt: fast });

    expect(await redated()).to.equal(2);
    expect(await certificateOf(cycle.id), 'without --yes').to.include({ awardedAt: fast });

    const before = Date.now();
    expect(await redated('--yes')).to.equal(0);
    const certificate = await certificateOf(cycle.id);
    const { awardedAt = 0, validUntil } = certificate ?? {};
    expect(awardedAt).to.be.within(before, Date.now());
    expect(Number(validUntil)).to.be.within(awardedAt + 300 * DAY, awardedAt + 400 * DAY);
    expect(certificate?.credential).to.be.a('string');
    expect(await completion(cycle.id)).to.deep.equal({
      at: awardedAt,
      day: dayOf(awardedAt, cycle.timeZone),
    });
    expect(await verdict(certificate?.code ?? '')).to.equal('valid');
    expect(await count('jobs where failure is not null')).to.equal(0);
    expect((await checkEverything({ addresses: world().config })).discrepancies).to.deep.equal([]);
  });

  it('is dated by the moment at which the clock was set right, if a server noticed that', async () => {
    const cycle = await handedIn();
    const to = Date.now() - 60 * MINUTE;
    for (const jump of [
      { from: to - MINUTE, to: fast - MINUTE },
      { from: fast + MINUTE, to },
    ])
      await inTransaction(() =>
        record('clock.jumped', jump, { actorId: null, organisationId: null, now: Date.now() }),
      );
    await redated('--yes');
    expect(await completion(cycle.id)).to.include({ at: to });
    const [told] = await rows<{ payload: string }>(
      `select payload from events where name = 'course.completion-redated' and payload like $1`,
      [`%${cycle.id}%`],
    );
    expect(JSON.parse(told?.payload ?? '{}')).to.include({ cycleId: cycle.id, from: fast, to });
  });

  it('was signed, and is replaced under its number, on record', async () => {
    const cycle = await handedIn();
    await issueIfEarned(cycle.id, world().issuer, fast + MINUTE);
    const old = await certificateOf(cycle.id);
    expect(old?.credential).to.be.a('string');
    expect(await verdict(old?.code ?? '')).to.not.equal('valid');
    expect(await redated('--yes')).to.equal(0);
    expect(await findCertificate(old?.id ?? '')).to.include({ supersessionReason: 'date-corrected' });
    const fresh = await certificateByCode(old?.code ?? '');
    expect(fresh).to.include({ replaces: old?.id });
    expect(fresh?.awardedAt).to.be.at.most(Date.now());
    expect(await verdict(old?.code ?? '')).to.equal('valid');
    expect((await checkEverything({ addresses: world().config })).discrepancies).to.deep.equal([]);
  });

  it('stays revoked where it was revoked, and waits where it is suspended', async () => {
    const cycle = await handedIn();
    await issueIfEarned(cycle.id, world().issuer, fast + MINUTE);
    const certificate = await certificateOf(cycle.id);
    if (!certificate) throw new Error('No certificate was issued');
    const by = { actorId: (await dina()).id, now: Date.now() };
    await suspend(certificate, { reason: 'under-review', note: null }, by);
    expect(await redated('--yes')).to.equal(1);
    expect(await completion(cycle.id)).to.include({ at: fast });
    await revoke(certificate, { reason: 'not-earned', note: null }, by);
    expect(await redated('--yes')).to.equal(0);
    expect((await completion(cycle.id))?.at).to.be.at.most(Date.now());
    expect(await findCertificate(certificate.id)).to.include({
      revocationReason: 'not-earned',
      supersededAt: null,
    });
  });

  it('is nothing else: what is dated up to now stays', async () => {
    const cycle = await enrolled(await person());
    await almostThrough(cycle, []);
    const before = await completion(cycle.id);
    expect((await datedAhead(Date.now())).map(({ cycleId }) => cycleId)).not.to.include(cycle.id);
    await redated('--yes');
    expect(await completion(cycle.id)).to.deep.equal(before);
  });
});
