import { expect } from 'chai';
import { pauseLane, resumeLanes } from '../../../../server/platform/events/jobs/job-lanes.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueueDue } from '../../../../server/platform/events/routines/enqueue-due.js';
import { raw } from '../raw.js';
import type { WorkState } from '../../../../server/platform/events/jobs/work-state.js';
import { write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

describe('health', () => {
  ownWorld();
  for (const path of ['/healthz', '/readyz', '/workz']) {
    it(`${path} says yes, to be asked again, with no cookie`, async () => {
      const answer = await raw(path);
      expect(answer.status).to.equal(200);
      expect(answer.headers['cache-control']).to.equal('no-store');
      expect(answer.headers).not.to.have.property('set-cookie');
      expect(Object.values(JSON.parse(answer.text) as object)).to.include(true);
    });
  }

  /** What monitors read of the work in the background. */
  const work = async () => {
    const { status, text } = await raw('/workz');
    return { status, state: JSON.parse(text) as WorkState };
  };
  const tick = (now: number) =>
    enqueueDue([{ name: 'test.minute', cron: '* * * * *', lane: 'mail', atStart: true }], {
      now,
      isStart: true,
    });

  it('/workz says since when mail does not go out, from the first failure, and when it goes out again', async () => {
    const since = Date.now();
    await inTransaction(() => pauseLane('mail', 'Away', since));
    const away = await work();
    expect(away.status).to.equal(503);
    expect(away.state.mail.failingSince).to.equal(since);
    await inTransaction(() => resumeLanes(['mail']));
    expect((await work()).state).to.deep.include({ working: true });
  });

  it('/workz says that the clock asks for nothing any more, after ten minutes', async () => {
    await tick(Date.now() - 3 * 86_400_000);
    const still = await work();
    expect(still.status).to.equal(503);
    expect(still.state.scheduler.isStopped).to.equal(true);
    await write("delete from jobs where reaction = 'test.minute'");
    await tick(Date.now());
    await write("delete from jobs where reaction = 'test.minute'");
    expect((await work()).state.scheduler.isStopped).to.equal(false);
  });
});
