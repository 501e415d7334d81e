import { expect } from 'chai';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueue } from '../../../../server/platform/events/jobs/enqueue.js';
import type { Lane } from '../../../../server/platform/events/jobs/job-lanes.js';
import { claim, fail, finishJobs } from '../../../../server/platform/events/jobs/queue.js';
import { workState } from '../../../../server/platform/events/jobs/work-state.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2090, 0, 1);
const MINUTE = 60_000;

describe('work that no retry mends', () => {
  ownWorld();
  afterEach(() => write('delete from jobs'));

  /** A job of this lane, claimed. */
  async function claimed(lane: Lane, reaction = 'test.work') {
    await inTransaction(() => enqueue({ reaction, lane, dedupeKey: newId(), now: THEN }));
    const [job] = await claim([{ lane, most: 1 }], THEN);
    if (!job) throw new Error('Nothing was claimed');
    return job;
  }
  const failed = async (lane: Lane, reaction?: string) =>
    fail(await claimed(lane, reaction), { kind: 'fault', reason: 'broken' }, THEN);
  const after = async (minutes: number) => {
    const { working, stuck } = await workState(THEN + minutes * MINUTE);
    return { working, ...stuck };
  };

  it('is a certificate that could not be made for five minutes', async () => {
    await failed('awaited', 'certificates.issue');
    expect(await after(4.9)).to.deep.equal({ working: true, certificates: 0, lanes: [] });
    expect(await after(5)).to.deep.equal({ working: false, certificates: 1, lanes: [] });
  });

  it('is a lane whose jobs fail for five minutes, and none succeeds', async () => {
    await failed('bulk');
    await failed('bulk', 'test.other');
    expect(await after(4.9)).to.include({ working: true });
    expect(await after(5)).to.deep.equal({ working: false, certificates: 0, lanes: ['bulk'] });
    await finishJobs([await claimed('files')], THEN + MINUTE, () => false);
    expect(await after(5)).to.deep.include({ lanes: ['bulk'] });
    await finishJobs([await claimed('bulk')], THEN + MINUTE, () => false);
    expect(await after(5)).to.deep.equal({ working: true, certificates: 0, lanes: [] });
  });

  it('is no single bad job, and none that was refused for good', async () => {
    await failed('bulk');
    expect(await after(60)).to.include({ working: true });
    await fail(await claimed('bulk'), { kind: 'refused', reason: 'no' }, THEN);
    expect(await after(60)).to.include({ working: true });
  });
});
