import { expect } from 'chai';
import { suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { expectPeople } from '../../../../server/proof/requirements/classroom/attendance/attendance.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { plain } from '../../../support/pages.js';
import { write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { aSession, heldSession } from '../../requirements/classroom/a-session.js';
import { audited, certified, countedForTwoYears, numberOf } from './of-rooms.js';

describe('the history of somebody in an auditor’s room', () => {
  ownWorld();

  it('has each cycle with its tries, in bands, its version, its certificate, and what was decided', async () => {
    const { office: of, room, roomId, auditor } = await audited();
    const cycleId = await certified(of, 'Ada Marlow');
    const certificate = await certificateOf(cycleId);
    if (!certificate) throw new Error('There is no certificate');
    const path = `${room}/people/${await numberOf(roomId, of.people['Ada Marlow'])}`;
    const { text } = await auditor.get(path);
    expect(text).to.include('data-cycle').and.include('data-certificate').and.include(certificate.sha256);
    expect(text).to.include('/verify/').and.include(said('person.band.85'));
    expect(text).to.include('data-attempt').and.not.include('<table');
    expect(plain(text)).to.include(said('room.history.late'));
    const course = await auditor.get(/href="(\/rooms\/[^"]*\/courses\/[^"]+)"/.exec(text)?.[1] ?? '');
    expect([course.status, course.text.includes('data-module')]).to.deep.equal([200, true]);

    expect(text).not.to.include('data-other-end');
    await countedForTwoYears(of);
    expect((await auditor.get(`${path}?known=${of.ago(0)}`)).text).to.include('data-other-end');

    await suspend(
      certificate,
      { reason: 'under-review', note: 'Private' },
      { actorId: of.keeper.id, now: Date.now() },
    );
    for (const where of [path, `${room}/changes`]) {
      const told = await auditor.get(where);
      expect(told.text).to.include('data-state="suspended"').and.include(of.keeper.name);
      expect(told.text).not.to.include('Private');
    }
    await of.keeper.browser.get(`/organisations/${of.organisation.id}/standings.csv`);
    expect((await auditor.get(`${room}/changes`)).text).to.include(said('eventLog.file.standings'));

    const session = await aSession({
      ...{ organisation: of.organisation, instructor: of.keeper, people: 0 },
      ...{ instructorId: null, visitorName: 'Vera Holm', visitorLicence: 'FI-20881' },
    });
    await expectPeople(session.sessionId, [of.people['Ada Marlow'] ?? ''], session.by);
    await heldSession(session);
    const taught = plain((await auditor.get(path)).text);
    expect(taught).to.include('Vera Holm').and.include('FI-20881');

    await write('update auditor_rooms set with_scores = $2, shows = $3 where id = $1', [
      roomId,
      true,
      'numbers',
    ]);
    const bare = await auditor.get(path);
    expect(bare.text).not.to.include('/verify/');
    expect(bare.text).not.to.include(said('person.band.85'));
    expect(bare.text).not.to.include(of.keeper.name).and.not.include('Vera Holm');
    expect(bare.text).to.include('FI-20881');
    await write('update auditor_rooms set shows = $2 where id = $1', [roomId, 'names']);
    await write(
      `update membership_people set name = 'Details erased', staff_number = null where membership_id = $1`,
      [of.people['Ada Marlow'] ?? ''],
    );
    await world().worker.drain();
    expect((await auditor.get(path)).text)
      .to.include('data-erased')
      .and.not.include('Ada Marlow');
  });
});
