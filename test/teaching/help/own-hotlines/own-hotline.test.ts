import { expect } from 'chai';
import {
  ownHotlineHistory,
  ownHotlines,
  setOwnHotline,
  wholeOf,
} from '../../../../server/teaching/help/own-hotlines/own-hotline.js';
import { rows, write } from '../../../support/rows.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { dina } from '../../../support/people.js';
import { ownWorld } from '../../../support/world.js';

const line = {
  name: 'Duty manager',
  phone: '+47 22 33 44 55',
  hours: 'Day and night',
  checkedOn: '2026-11-20',
};

const lineOf = async (id: string) => (await ownHotlines(id))[0]?.line ?? null;

describe('an organisation’s own hotline', () => {
  ownWorld();
  beforeEach(() => write('delete from own_hotlines', []));

  it('is the newest entry; earlier ones are kept with who and when', async () => {
    const [{ id }, { id: actorId }] = [await openOrganisation(), await dina()];
    expect(await lineOf(id)).to.equal(null);
    await setOwnHotline(wholeOf(id), { number: 1, line }, { actorId, now: 1000 });
    await setOwnHotline(wholeOf(id), { number: 2, line: { ...line, hours: null } }, { actorId, now: 2000 });
    expect(await lineOf(id)).to.deep.equal({ ...line, hours: null });
    await setOwnHotline(wholeOf(id), { number: 3, line: null }, { actorId, now: 3000 });
    expect(await lineOf(id)).to.equal(null);
    expect(await ownHotlineHistory(wholeOf(id))).to.deep.equal([
      { number: 3, line: null, enteredBy: 'Dina Aziz', createdAt: 3000 },
      { number: 2, line: { ...line, hours: null }, enteredBy: 'Dina Aziz', createdAt: 2000 },
      { number: 1, line, enteredBy: 'Dina Aziz', createdAt: 1000 },
    ]);
  });

  it('is entered once for ten forms at the same moment, with one event that names no telephone number', async () => {
    const [{ id }, { id: actorId }] = [await openOrganisation(), await dina()];
    const kept = await Promise.all(
      Array.from({ length: 10 }, () =>
        setOwnHotline(wholeOf(id), { number: 1, line }, { actorId, now: Date.now() }),
      ),
    );
    expect(kept.filter(Boolean)).to.have.length(1);
    const events = await rows<{ payload: string }>(
      `select payload from events where name = 'reporting-line.set' and actor_id = $1`,
      [actorId],
    );
    expect(events.map(({ payload }) => JSON.parse(payload) as unknown)).to.deep.equal([
      { number: 1, isRemoved: false, country: '', unitId: '' },
    ]);
  });
});
