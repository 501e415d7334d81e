import { expect } from 'chai';
import { creditsOf } from '../../../../server/teaching/learning/credits/credits.js';
import { voidsOf } from '../../../../server/teaching/learning/credits/voids.js';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import {
  expectPeople,
  keepAttendance,
  type Attended,
} from '../../../../server/proof/requirements/classroom/attendance/attendance.js';
import { loadFacts } from '../../../../server/proof/requirements/reckoning/load-facts.js';
import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../../server/proof/requirements/timeline/timeline.js';
import { setCourseHours } from '../../../../server/proof/requirements/classroom/hours/course-hours.js';
import {
  correctSession,
  signSession,
  withdrawSession,
  type SignOutcome,
} from '../../../../server/proof/requirements/classroom/signing/sign-sessions.js';
import { statementCalled } from '../../../../server/proof/requirements/classroom/signing/statements.js';
import {
  sessionWithId,
  signaturesOf,
} from '../../../../server/proof/requirements/classroom/sessions/stored-sessions.js';
import { linked } from '../../../support/organisations.js';
import { count } from '../../../support/rows.js';
import { COURSE } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';
import { required } from '../reckoning/requiring.js';
import { aSession, inMinutes } from './a-session.js';

type Session = Awaited<ReturnType<typeof aSession>>;

const seen = async (sessionId: string) => ({
  sessionId,
  revision: (await sessionWithId(sessionId))?.revision ?? -1,
});

const here = (membershipId: string, minutes: number | null = null, points: number[] = []): Attended => ({
  ...{ membershipId, minutes, points },
  isPresent: true,
});
const away = (membershipId: string): Attended => ({
  membershipId,
  isPresent: false,
  minutes: null,
  points: [],
});

const keep = async ({ sessionId, by }: Session, all: readonly Attended[]) =>
  keepAttendance(await seen(sessionId), all, by);

const signing = ({ by }: Session, actorId = by.actorId) => ({
  ...{ ...by, actorId, now: Date.now() },
  signer: 'instructor' as const,
  name: 'Ines Duarte',
});

const sign = async (session: Session, actorId?: string): Promise<SignOutcome> =>
  signSession(await seen(session.sessionId), signing(session, actorId));

const why = (outcome: SignOutcome) => (outcome.kind === 'refused' ? outcome.why : null);

/** Who holds a credit that counts, in the order of the members. */
async function counting({ members }: Pick<Session, 'members'>): Promise<boolean[]> {
  const credits = await creditsOf(members);
  const voids = (await voidsOf(credits.map(({ id }) => id))).filter(({ retiredAt }) => retiredAt === null);
  return members.map(id =>
    credits.some(each => each.membershipId === id && !voids.some(({ creditId }) => creditId === each.id)),
  );
}

describe('signing a classroom session', () => {
  ownWorld();

  it('credits whoever was there for all of it, on its day, as a certificate of the course would count', async () => {
    const session = await aSession();
    const [first = '', second = '', third = ''] = session.members;
    await keep(session, [here(first), here(second, 119), away(third)]);
    expect(await sign(session)).to.deep.equal({ kind: 'signed' });
    expect(await counting(session)).to.deep.equal([true, false, false]);
    const [credit] = await creditsOf([first]);
    expect(credit).to.include({
      source: 'session',
      sourceId: session.sessionId,
      actorId: session.instructor.id,
    });
    expect(credit?.lastDay, 'it ends').to.be.a('string');
    expect(credit?.version).to.be.a('number');
  });

  it('covers a requirement as a certificate would: to the last day, and no longer', async () => {
    const session = await aSession({ people: 1 });
    const { organisation, members } = session;
    const [only = ''] = members;
    await keep(session, [here(only)]);
    await sign(session);
    const lastDay = (await creditsOf([only]))[0]?.lastDay ?? '';
    const requirementId = await required(organisation.id, '2024-01-01', { courses: [COURSE], graceDays: 0 });
    const facts = (await loadFacts(organisation, { requirementId, membershipIds: [only] })).get(only);
    const standing = (day: string) => facts && intervalOn(timeline(asKnown(facts, NOW)), day)?.standing;
    expect([standing(lastDay), standing(daysAfter(lastDay, 1))]).to.deep.equal(['expiring', 'overdue']);
  });

  it('keeps what was signed: the words and their hash, the name, and the record and its hash', async () => {
    const session = await aSession();
    await keep(
      session,
      session.members.map(id => here(id)),
    );
    await sign(session);
    const [signature] = await signaturesOf(session.sessionId);
    expect(signature).to.include({ kind: 'signed', number: 1, signedBy: session.instructor.id });
    expect(signature?.statementHash).to.equal(statementCalled(signature?.statement ?? '').hash);
    expect(signature?.recordHash).to.equal(sha256(signature?.record ?? ''));
  });

  it('the words of a statement that people signed never change', () => {
    expect(statementCalled('1.instructor').hash).to.equal(
      'a5cf13c57daf130096332bd979ca5bd87b3eba409624e0ae426851570cab50d0',
    );
    expect(statementCalled('1.administrator').hash).to.equal(
      'c80cbbe38a43ee90bda2de2a41780b5498c60ab71213d76e0a2448e430c8a34f',
    );
  });

  it('nobody signs for themselves, nor once they have taken themselves off to do so', async () => {
    const session = await aSession();
    const [own = '', other = ''] = session.members;
    await linked(own, session.instructor.id);
    await keep(session, [here(own), here(other)]);
    expect(why(await sign(session))).to.equal('own');
    expect(why(await sign(session, 'somebody-else'))).to.equal(null);
    const corrected = { all: [away(own), here(other)], reason: 'I was not there' };
    expect(why(await correctSession(await seen(session.sessionId), corrected, signing(session)))).to.equal(
      'own',
    );
    expect(why(await withdrawSession(session.sessionId, 'It was wrong', signing(session)))).to.equal('own');
  });

  it('nobody puts themselves on the list by a correction', async () => {
    const session = await aSession();
    const [own = '', other = ''] = session.members;
    await linked(own, session.instructor.id);
    await keep(session, [away(own), here(other)]);
    expect(why(await sign(session))).to.equal(null);
    const corrected = { all: [here(own), here(other)], reason: 'I was there' };
    expect(why(await correctSession(await seen(session.sessionId), corrected, signing(session)))).to.equal(
      'own',
    );
    expect(await counting(session)).to.deep.equal([false, true, false]);
  });

  it('is refused before the session begins, without anybody there, and twice', async () => {
    const early = await aSession(inMinutes(90, 'UTC'));
    await keep(
      early,
      early.members.map(id => here(id)),
    );
    expect(why(await sign(early))).to.equal('early');
    const session = await aSession();
    expect(why(await sign(session))).to.equal('nobody');
    await keep(
      session,
      session.members.map(id => here(id)),
    );
    await sign(session);
    expect(why(await sign(session))).to.equal('closed');
    expect(await count('classroom_signatures where session_id = $1', [session.sessionId])).to.equal(1);
  });

  it('is refused where the attendance is not what was read any more', async () => {
    const session = await aSession();
    const [first = '', second = ''] = session.members;
    await keep(session, [here(first)]);
    const read = await seen(session.sessionId);
    await keep(session, [here(second)]);
    expect(why(await signSession(read, signing(session)))).to.equal('changed');
    expect(await keepAttendance(read, [away(first)], session.by)).to.equal('changed');
  });

  it('a correction is a new version: credits follow it, and the first one stays', async () => {
    const session = await aSession();
    const [first = '', second = '', third = ''] = session.members;
    await keep(session, [here(first), here(second), away(third)]);
    await sign(session);
    const wrong = { all: [away(first), here(second), here(third)], reason: 'The wrong one was ticked' };
    await correctSession(await seen(session.sessionId), wrong, signing(session));
    expect(await counting(session)).to.deep.equal([false, true, true]);
    const right = { all: [here(first), here(second), away(third)], reason: 'It was right after all' };
    await correctSession(await seen(session.sessionId), right, signing(session));
    expect(await counting(session), 'a void is lifted').to.deep.equal([true, true, false]);
    const signatures = await signaturesOf(session.sessionId);
    expect(signatures.map(({ kind, reason }) => [kind, reason])).to.deep.equal([
      ['signed', null],
      ['corrected', 'The wrong one was ticked'],
      ['corrected', 'It was right after all'],
    ]);
  });

  it('a session that is withdrawn credits nobody', async () => {
    const session = await aSession();
    await keep(
      session,
      session.members.map(id => here(id)),
    );
    await sign(session);
    await withdrawSession(session.sessionId, 'It was never held', signing(session));
    expect(await counting(session)).to.deep.equal([false, false, false]);
    const credits = await creditsOf(session.members);
    const voids = await voidsOf(credits.map(({ id }) => id));
    expect(voids.map(({ because }) => because)).to.deep.equal(['undone', 'undone', 'undone']);
    expect(
      voids.map(({ fromDay }) => fromDay),
      'from the start',
    ).to.deep.equal(credits.map(({ completedOn }) => completedOn));
  });

  it('where hours are asked for, the session that completes them brings the credit; one taken back takes it along', async () => {
    const first = await aSession({ people: 1, day: '2026-03-03' });
    const { organisation, instructor, members } = first;
    const [only = ''] = members;
    await setCourseHours(COURSE, 240, first.by);
    const next = await aSession({ organisation, instructor, people: 0, day: '2026-03-10' });
    const second = { ...next, members };
    await expectThere(first, only);
    expect(await counting(first)).to.deep.equal([false]);
    await expectThere(second, only);
    expect(await counting(first)).to.deep.equal([true]);
    expect((await creditsOf([only])).map(({ completedOn }) => completedOn)).to.deep.equal(['2026-03-10']);
    await withdrawSession(first.sessionId, 'It was never held', signing(first));
    expect(await counting(first)).to.deep.equal([false]);
  });
});

async function expectThere(session: Session, membershipId: string): Promise<void> {
  await expectPeople(session.sessionId, [membershipId], session.by);
  await keep(session, [here(membershipId)]);
  expect(why(await sign(session))).to.equal(null);
}
