import { expect } from 'chai';
import { LANES } from '../../../../server/platform/events/jobs/job-lanes.js';
import { PutOff } from '../../../../server/platform/events/jobs/failures.js';
import { workState } from '../../../../server/platform/events/jobs/work-state.js';
import { enqueue } from '../../../../server/platform/events/jobs/enqueue.js';
import {
  clockHold,
  compareClocks,
  lastJump,
  watchClock,
} from '../../../../server/platform/events/routines/clock-hold.js';
import { signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { createLogger } from '../../../../server/platform/lib/log.js';
import { createWorker } from '../../../../server/worker.js';
import { onPostgresOnly, onSqliteOnly } from '../../../support/dialect.js';
import { dina, person } from '../../../support/people.js';
import { count, row, write } from '../../../support/rows.js';
import { almostThrough, COURSE, enrolled } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

const [MINUTE, DAY] = [60_000, 86_400_000];

/** Clocks that stand still until a test moves them. */
function clocks() {
  const now = { wall: Date.now(), at: 0 };
  return {
    clock: () => now.wall,
    elapsed: () => now.at,
    pass(ms: number) {
      now.wall += ms;
      now.at += ms;
    },
    jump: (ms: number) => void (now.wall += ms),
  };
}

describe('a clock that jumps', () => {
  ownWorld();
  let own: ReturnType<typeof clocks>;
  beforeEach(async () => {
    await world().worker.drain();
    own = clocks();
    await watchClock(own);
  });
  // The worker of the installation goes by the real clock again.
  afterEach(() => watchClock({ clock: Date.now, elapsed: () => performance.now() }));

  for (const [what, by] of [
    ['back by an hour', -60 * MINUTE],
    ['ahead by forty days', 40 * DAY],
    ['ahead by an hour, as with summer time that was set by hand', 60 * MINUTE],
    ['back by a year', -366 * DAY],
  ] as const)
    it(`${what} is not believed for ten minutes`, () => {
      const expected = own.clock();
      own.jump(by);
      expect(clockHold()).to.deep.equal({
        ...{ why: 'jumped', expected, found: expected + by },
        until: expected + by + 10 * MINUTE,
      });
      own.pass(10 * MINUTE - 1);
      expect(clockHold()).to.not.equal(null);
      own.pass(1);
      expect(clockHold()).to.equal(null);
    });

  it('and jumps again waits again, from then on', () => {
    own.jump(40 * DAY);
    clockHold();
    own.pass(9 * MINUTE);
    own.jump(-40 * DAY);
    clockHold();
    own.pass(9 * MINUTE);
    expect(clockHold()).to.not.equal(null);
    own.pass(MINUTE);
    expect(clockHold()).to.equal(null);
  });

  it('is one thing; time that passes, a small correction and the end of a month are others', () => {
    for (const step of [5 * MINUTE, -5 * MINUTE, 1, -1]) {
      own.jump(step);
      expect(clockHold(), String(step)).to.equal(null);
      own.pass(MINUTE);
    }
    own.pass(400 * DAY);
    expect(clockHold()).to.equal(null);
  });

  it('holds up routines and what carries a date, and nothing else; nothing fails and nothing is lost', async () => {
    const ran: string[] = [];
    const log = createLogger('error', { write: line => void ran.push(line) });
    const react = (name: string) => [name, async () => void ran.push(name)] as const;
    const names = ['certificates.publish-revocation', 'mail.duties-due', 'mail.sign-in-link'] as const;
    const worker = createWorker({
      reactions: Object.fromEntries(names.map(react)),
      routines: [{ name: 'test.routine', cron: '* * * * *', run: async () => void ran.push('test.routine') }],
      clock: own.clock,
      log,
    });
    await worker.tick();
    await worker.drain();
    const { id: eventId } = (await row<{ id: string }>('select id from events limit 1')) ?? { id: '' };
    // Once they have waited, the clock agrees with the database's.
    own.jump(-10 * MINUTE);
    const due = own.clock() - 2 * MINUTE;
    await inTransaction(async () => {
      for (const reaction of names)
        // So many that they would fill the lane.
        for (let n = 0; n < 2 * LANES.awaited; n += 1)
          await enqueue({ reaction, eventId, lane: 'mail', dedupeKey: newId(), now: due, isAwaited: true });
    });
    await worker.tick();
    await worker.drain();
    expect(new Set(ran)).to.deep.equal(new Set(['mail.sign-in-link']));
    expect(await count(`jobs where state = 'ready' and attempts = 0 and failure is null`)).to.equal(
      4 * LANES.awaited,
    );
    await write(`update routines set last_run_at = $1 where name = 'test.routine'`, [own.clock()]);
    own.pass(10 * MINUTE);
    await worker.tick();
    await worker.drain();
    expect(new Set(ran)).to.deep.equal(new Set([...names, 'test.routine']));
    await write(`delete from routines where name = 'test.routine'`);
  });

  it('leaves a certificate unsigned until it is believed again, without a failure', async () => {
    own.jump(60 * MINUTE);
    clockHold();
    const cycle = await enrolled(await person(), COURSE);
    await almostThrough(cycle, []);
    await world().worker.drain();
    expect(await certificateOf(cycle.id)).to.equal(null);
    const refused = await signHead(world().issuer, own.clock()).catch((fault: unknown) => fault);
    expect(refused).to.be.instanceOf(PutOff);
    expect(await count('jobs where failure is not null')).to.equal(0);
    own.pass(10 * MINUTE);
    await world().worker.drain();
    expect((await certificateOf(cycle.id))?.credential).to.be.a('string');
  });

  it('is told to monitors, to administrators and in the log of events', async () => {
    const { browser } = await dina();
    const warned = async () => /data-warning="(clock-[a-z]+)"/.exec((await browser.get('/admin')).text)?.[1];
    const told = async () => (await workState(Date.now())).clock;
    expect([(await warned()) === 'clock-held', await told()]).to.deep.equal([false, null]);
    const from = own.clock();
    own.jump(40 * DAY);
    expect(await told()).to.include({ why: 'jumped' });
    expect((await workState(Date.now())).working).to.equal(false);
    expect(await warned()).to.equal('clock-held');
    expect(await compareClocks()).to.deep.equal([{ from, to: from + 40 * DAY }]);
    expect(await compareClocks()).to.deep.equal([]);
    own.jump(-40 * DAY);
    await compareClocks();
    expect(await lastJump()).to.include({ from: from + 40 * DAY, to: from });
    own.pass(11 * MINUTE);
    clockHold();
    await watchClock({ clock: Date.now, elapsed: () => performance.now() });
    expect(await warned()).to.equal('clock-jumped');
  });

  onSqliteOnly.it('between two starts is noticed by the last work, and waits ten minutes', async () => {
    await write(`insert into routines (name, last_run_at, runs) values ('test.last', $1, 1)`, [own.clock()]);
    own.jump(-60 * MINUTE);
    await watchClock(own);
    expect(clockHold()).to.include({ why: 'behind', expected: own.clock() + 60 * MINUTE });
    own.pass(10 * MINUTE);
    expect(clockHold()).to.equal(null);
    await write(`delete from routines where name = 'test.last'`);
  });

  onPostgresOnly.it('away from that of the database is not believed until both agree', async () => {
    own.jump(-20 * MINUTE);
    await watchClock(own);
    expect(clockHold()).to.include({ why: 'differs' });
    own.pass(11 * MINUTE);
    await compareClocks();
    expect(clockHold()).to.include({ why: 'differs' });
    own.pass(9 * MINUTE);
    await compareClocks();
    expect(clockHold()).to.equal(null);
  });
});
