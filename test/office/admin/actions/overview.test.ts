import { expect } from 'chai';
import { installationFigures } from '../../../../server/office/admin/figures.js';
import { warningsNow } from '../../../../server/office/admin/warnings.js';
import { row, write } from '../../../support/rows.js';
import { inTransaction, writeLeft } from '../../../../server/platform/db/transaction.js';
import { record } from '../../../../server/platform/events/record.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { dina } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

describe('the overview', () => {
  ownWorld();
  it('counts people, courses under way, courses completed and certificates', async () => {
    const all = () => installationFigures(Number.MAX_SAFE_INTEGER - 1);
    const before = await all();
    await holder();
    const after = await all();
    const more = (name: keyof typeof after) => (after[name] ?? NaN) - (before[name] ?? NaN);
    expect([more('people'), more('learning'), more('completed'), more('certificates')]).to.deep.equal([
      1, 0, 1, 1,
    ]);
  });

  it('stops counting at a limit', async () => {
    await holder();
    await holder();
    expect(await installationFigures(1)).to.include({ people: null, completed: null, certificates: null });
  });

  it('shows the figures', async () => {
    const { browser } = await dina();
    const { text } = await browser.get('/admin');
    const shown = [...text.matchAll(/data-figure="(\w+)">\d/g)].map(([, name]) => name);
    expect(shown).to.deep.equal(['people', 'learning', 'completed', 'certificates']);
  });

  it('shows each warning under its key, as long as it holds', async () => {
    const { browser } = await dina();
    const keys = async () => {
      const { text } = await browser.get('/admin');
      return [...text.matchAll(/data-warning="([^"]*)"/g)].map(([, key]) => key);
    };
    const before = await keys();
    const job = (state: string, at: number) =>
      write(
        `insert into jobs (id, reaction, dedupe_key, state, run_at, created_at) values ($1, 'test.stuck', $1, $2, $3, $3)`,
        [newId(), state, at],
      );
    try {
      await job('failed', 1);
      expect(await keys()).to.include('work-stopped');
    } finally {
      await write(`delete from jobs where reaction = 'test.stuck'`);
    }
    expect(await keys()).to.deep.equal(before);
  });

  it('warns of the clock while any event lies more than five minutes in the future, whatever else is written', async () => {
    const system = { actorId: null, organisationId: null };
    const happen = async (now: number) => {
      await record('account.renamed', { userId: newId() }, { ...system, now });
      await writeLeft();
    };
    const isWarned = async (now: number) =>
      (await warningsNow({ config: world().config, now })).some(({ key }) => key === 'clock');
    const undone = new Error('undone');
    const fault = await inTransaction(async () => {
      // Later than all that was recorded.
      const latest = await row<{ at: number }>('select max(created_at) as at from events');
      const now = (latest?.at ?? 0) + 1;
      expect(await isWarned(now)).to.equal(false);
      await happen(now + 300_001);
      expect(await isWarned(now)).to.equal(true);
      await happen(now);
      expect(await isWarned(now)).to.equal(true);
      expect(await isWarned(now + 1)).to.equal(false);
      throw undone;
    }).catch((thrown: unknown) => thrown);
    expect(fault).to.equal(undone);
  });
});
