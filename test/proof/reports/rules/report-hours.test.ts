import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { keepAttendance } from '../../../../server/proof/requirements/classroom/attendance/attendance.js';
import {
  correctSession,
  signSession,
  withdrawSession,
} from '../../../../server/proof/requirements/classroom/signing/sign-sessions.js';
import { sessionWithId } from '../../../../server/proof/requirements/classroom/sessions/stored-sessions.js';
import { reportAt } from '../../../../server/proof/reports/rules/report/report-scope.js';
import { reportNumbers, reportSentences } from '../../../../server/proof/reports/rules/report/rule-report.js';
import { leastMinutes } from '../../../../server/proof/reports/rules/rule-texts.js';
import { spoken } from '../../../../server/platform/i18n/spoken.js';
import { aSession } from '../../requirements/classroom/a-session.js';
import { said } from '../../../support/said.js';
import { COURSE } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

describe('the hours of a report', () => {
  ownWorld();

  it('are asked for by some rules', () => {
    const asked = ['PT2H', 'PT20M', null].map(minimum => leastMinutes({ minimum }));
    expect(asked).to.deep.equal([120, 20, null]);
  });

  it('are those that were served in signed sessions, as it was known then, against what the rule asks', async () => {
    const session = await aSession({ people: 3, points: ['Ask apart'] });
    const { sessionId, organisation, members, by } = session;
    const [whole = '', half = '', idle = ''] = members;
    const came = (membershipId: string, minutes: number | null, points = [0]) => ({
      ...{ membershipId, minutes, points },
      isPresent: true,
    });
    const seen = async () => ({ sessionId, revision: (await sessionWithId(sessionId))?.revision ?? -1 });
    const signing = (now: number) => ({ ...by, now, signer: 'instructor' as const, name: 'Ines Duarte' });
    await keepAttendance(await seen(), [came(whole, null), came(half, 60), came(idle, null, [])], by);
    const now = Date.now();
    await signSession(await seen(), signing(now));
    const today = dayOf(now, organisation.timeZone);
    const params = {
      ...{ rule: 'x', title: 'X', cite: 'X', courses: [COURSE], requirements: [], notifications: false },
      ...{ from: daysAfter(today, -2), last: daysAfter(today, 2), least: 120 },
    };
    const known = (knownAt: number) =>
      reportAt(params, { organisationId: organisation.id, timeZone: organisation.timeZone, knownAt });
    const first = await known(now);
    expect(first.hours).to.deep.equal({
      ...{ courseMinutes: 0, uncounted: 0, sessions: 1, roomMinutes: 180 },
      required: { minutes: 120, enough: 1, short: 1 },
    });
    expect(reportNumbers(first))
      .to.include({ enough: 1, short: 1 })
      .and.not.have.any.keys('concerned', 'concernedTrained');
    const text = reportSentences({ ...first, concernedOn: 'today' }, spoken);
    expect(text)
      .to.include(said('ruleReport.rooms', { count: 1, hours: said('numbers.decimal', { value: 3 }) }))
      .and.include(said('ruleReport.enough', { count: 1 }));

    const all = [came(whole, null), came(half, null), came(idle, null, [])];
    await correctSession(await seen(), { all, reason: 'The sheet was misread' }, signing(now + 1000));
    expect((await known(now + 1000)).hours.required).to.include({ enough: 2, short: 0 });
    await withdrawSession(sessionId, 'It was another course', signing(now + 2000));
    expect((await known(now + 2000)).hours).to.include({ sessions: 0, roomMinutes: 0 });
    expect((await known(now)).hours).to.deep.equal(first.hours);
  });
});
