import { expect } from 'chai';
import { Forbidden, NotFound, NotVouchedFor, OwnMatter, SignInNeeded } from '../server/errors.js';
import {
  authorise,
  can,
  managedBy,
  signedIn,
  vouchedWithin,
  type Action,
  type Actor,
  type Grant,
} from '../server/policy.js';

const HOME = 'organisation-1';
const AWAY = 'organisation-2';

/** A region, and a base in it. */
const EUROPE = 'unit-europe';
const LYON = 'unit-lyon';
const OSLO = 'unit-oslo';

const actor = (id: string, held: Partial<Actor> = {}): Actor => ({
  id,
  name: id,
  isAdministrator: false,
  memberships: [],
  grants: [],
  ...held,
});
const granted = (
  id: string,
  role: Grant['role'],
  { organisationId = HOME, unitId = null }: Partial<Grant> = {},
): Actor => actor(id, { memberships: [organisationId], grants: [{ organisationId, role, unitId }] });

const cast = {
  ada: actor('ada', { memberships: [HOME] }),
  colleague: actor('colleague', { memberships: [HOME] }),
  ben: granted('ben', 'manager'),
  /** Manages the region in which Ada works, her base, and another base. */
  edda: granted('edda', 'manager', { unitId: EUROPE }),
  luc: granted('luc', 'manager', { unitId: LYON }),
  olav: granted('olav', 'manager', { unitId: OSLO }),
  ines: granted('ines', 'instructor'),
  otto: granted('otto', 'administrator'),
  cleo: granted('cleo', 'manager', { organisationId: AWAY }),
  zora: granted('zora', 'administrator', { organisationId: AWAY }),
  /** From outside, with a room; and an auditor of earlier days, without one. */
  emre: actor('emre'),
  nora: actor('nora', { grants: [{ organisationId: HOME, role: 'auditor', unitId: null }] }),
  dina: actor('dina', { isAdministrator: true }),
  stranger: actor('stranger'),
};
type Name = keyof typeof cast;
const everybody = Object.keys(cast) as Name[];

/** What belongs to Ada, who works in Lyon, in her organisation. */
const thing = {
  id: 'ada',
  userId: 'ada',
  organisationId: HOME,
  units: [LYON, EUROPE],
  unitId: LYON,
  grantedTo: [HOME],
  changesOwn: false,
  auditorId: 'emre',
  isOpen: true,
  organisationKind: 'customer',
} as const;

/** Who is responsible for Ada, and who for her whole organisation. */
const RESPONSIBLE = ['ben', 'edda', 'luc', 'otto', 'dina'] as const;
const WHOLE = ['ben', 'otto', 'dina'] as const;
const MEMBERS = ['ada', 'colleague', 'ben', 'edda', 'luc', 'olav', 'ines', 'otto'] as const;

const sentences: Record<Action, readonly Name[]> = {
  'account.change': ['ada'],
  'cycle.learn': ['ada'],
  'attempt.answer': ['ada'],
  'attempt.view': ['ada'],
  'attempt.identify': RESPONSIBLE,
  'certificate.view': ['ada', ...RESPONSIBLE],
  'certificate.hold': ['ada'],
  'certificate.revoke': RESPONSIBLE,
  'certificate.suspend': RESPONSIBLE,
  'certificate.correct': RESPONSIBLE,
  'person.favour': ['dina'],
  'regrade.apply': ['dina'],
  'person.see': RESPONSIBLE,
  'person.extend': RESPONSIBLE,
  'person.place': ['otto', 'dina'],
  'person.exempt': ['otto', 'dina'],
  'elsewhere.decide': ['otto', 'dina'],
  'organisation.people': ['ben', 'edda', 'luc', 'olav', 'otto', 'dina'],
  'organisation.teach': ['ben', 'edda', 'luc', 'olav', 'ines', 'otto', 'dina'],
  'organisation.manage': WHOLE,
  'organisation.administer': ['otto', 'dina'],
  'room.enter': ['emre', 'nora', 'cleo', 'zora', 'stranger'],
  'room.read': ['emre', 'otto', 'dina'],
  'room.ask': ['emre'],
  'grant.appoint': ['otto', 'dina'],
  'grant.end': ['ada', 'otto', 'dina'],
  'course.take': MEMBERS,
  'content.preview': ['ben', 'edda', 'luc', 'olav', 'ines', 'otto', 'dina'],
  'course.answer': ['otto', 'dina'],
  'content.key': ['dina'],
  'person.block': ['dina'],
  'erasure.decide': ['dina'],
  'person.merge': ['dina'],
  'factor.reset': ['dina'],
  'installation.administer': ['dina'],
};

const DECISIONS = [
  'certificate.revoke',
  'certificate.suspend',
  'certificate.correct',
  'person.favour',
  'person.extend',
  'person.block',
  'regrade.apply',
  'grant.appoint',
  'person.place',
  'person.exempt',
  'elsewhere.decide',
  'erasure.decide',
  'course.answer',
] as const;

describe('who may do what', () => {
  for (const [action, allowed] of Object.entries(sentences) as [Action, readonly Name[]][]) {
    it(`${action}: ${allowed.join(', ')} and nobody else`, () => {
      expect(everybody.filter(name => can(cast[name], action, thing))).to.have.members(allowed);
      expect(can(null, action, thing)).to.equal(false);
    });
  }

  it('agrees between authorise and can', () => {
    for (const action of Object.keys(sentences) as Action[]) {
      for (const name of everybody) {
        const guard = () => authorise(cast[name], action, thing);
        if (can(cast[name], action, thing)) expect(guard).not.to.throw();
        else expect(guard, `${name} ${action}`).to.throw();
      }
    }
  });

  it('requires sign-in first', () => {
    for (const action of Object.keys(sentences) as Action[]) {
      expect(() => authorise(null, action, thing)).to.throw(SignInNeeded);
      expect(() => authorise(null, action, null)).to.throw(SignInNeeded);
      expect(() => authorise(cast.ada, action, null)).to.throw(NotFound);
    }
  });

  it('gives an outsider 404, as for a missing thing', () => {
    for (const name of ['colleague', 'olav', 'ines', 'cleo', 'zora', 'emre', 'nora', 'stranger'] as const) {
      for (const action of (Object.keys(sentences) as Action[]).filter(
        each => !sentences[each].includes(name),
      )) {
        expect(() => authorise(cast[name], action, thing), `${name} ${action}`).to.throw(NotFound);
      }
    }
  });

  it('gives an insider without the right 403', () => {
    expect(() => authorise(cast.ada, 'certificate.revoke', thing)).to.throw(Forbidden);
    expect(() => authorise(cast.ben, 'attempt.answer', thing)).to.throw(Forbidden);
    expect(() => authorise(cast.dina, 'cycle.learn', thing)).to.throw(Forbidden);
  });

  it('gives the manager of a unit 404 where nobody says where the person works', () => {
    const unplaced = { ...thing, units: [] };
    for (const action of ['person.see', 'certificate.view', 'certificate.revoke'] as const) {
      expect(() => authorise(cast.luc, action, unplaced)).to.throw(NotFound);
      expect(() => authorise(cast.luc, action, { userId: 'ada', organisationId: HOME })).to.throw(NotFound);
      expect(can(cast.ben, action, unplaced)).to.equal(true);
    }
  });

  it('lets nobody decide about themselves, whatever their role', () => {
    for (const name of everybody) {
      const own = { ...thing, id: name, userId: name, changesOwn: true };
      for (const action of DECISIONS)
        expect(can(cast[name], action, own), `${name} ${action}`).to.equal(false);
    }
    const own = { ...thing, userId: 'otto' };
    expect(() => authorise(cast.otto, 'grant.appoint', own)).to.throw(OwnMatter);
    expect(() => authorise(cast.luc, 'certificate.revoke', { ...thing, userId: 'luc' })).to.throw(OwnMatter);
  });

  it('lets everybody give up their own role', () => {
    for (const name of everybody)
      expect(can(cast[name], 'grant.end', { ...thing, userId: name })).to.equal(true);
  });

  it('knows in which organisations somebody manages', () => {
    const managing = everybody.filter(name => managedBy(cast[name]).length > 0);
    expect(managing).to.have.members(['ben', 'edda', 'luc', 'olav', 'otto', 'cleo', 'zora']);
    const both = [...cast.ben.grants, ...cast.luc.grants, ...cast.cleo.grants];
    expect(managedBy({ grants: both })).to.deep.equal([HOME, AWAY]);
  });

  it('lets nobody audit once the room is closed, nor whoever belongs to the organisation or has a role in it', () => {
    expect(can(cast.emre, 'room.read', { ...thing, isOpen: false })).to.equal(false);
    for (const name of ['ada', 'ben', 'luc', 'ines', 'otto', 'dina'] as const)
      expect(can(cast[name], 'room.ask', { ...thing, auditorId: name }), name).to.equal(false);
  });

  it('lets nobody do more for whom one organisation alone vouches, and nothing in another one', () => {
    for (const name of everybody)
      for (const action of Object.keys(sentences) as Action[])
        for (const organisationId of [HOME, AWAY])
          if (can(vouchedWithin(cast[name], organisationId), action, thing))
            expect(can(cast[name], action, thing), `${name} ${action}`).to.equal(true);
    const away = (name: Name) => vouchedWithin(cast[name], AWAY);
    for (const action of ['cycle.learn', 'attempt.view', 'certificate.hold', 'course.take'] as const)
      expect(can(away('ada'), action, thing), action).to.equal(false);
    expect(can(away('otto'), 'organisation.administer', thing)).to.equal(false);
    expect(can(away('dina'), 'installation.administer', thing)).to.equal(false);
    for (const action of ['room.enter', 'room.ask'] as const)
      for (const name of ['ada', 'emre'] as const)
        expect(can(away(name), action, { ...thing, auditorId: name }), `${name} ${action}`).to.equal(false);
    expect(can(vouchedWithin(cast.otto, HOME), 'organisation.administer', thing)).to.equal(true);
  });

  it('tells somebody of what is their own where another organisation let them in, and nobody else', () => {
    expect(() => authorise(vouchedWithin(cast.ada, AWAY), 'cycle.learn', thing)).to.throw(NotVouchedFor);
    const former = actor('kept', { former: ['ada'] });
    expect(() => authorise(vouchedWithin(former, AWAY), 'attempt.view', thing)).to.throw(NotVouchedFor);
    expect(() => authorise(vouchedWithin(cast.cleo, AWAY), 'cycle.learn', thing)).to.throw(NotFound);
  });

  it('lets somebody who learns alone audit the open organisation, and nobody with a role in it', () => {
    const open = { ...thing, organisationKind: 'open' } as const;
    expect(can(cast.ada, 'room.enter', open)).to.equal(true);
    expect(can(cast.ada, 'room.read', { ...open, auditorId: 'ada' })).to.equal(true);
    for (const name of ['ben', 'luc', 'ines', 'otto', 'dina'] as const)
      expect(can(cast[name], 'room.enter', open), name).to.equal(false);
  });

  it('lets nobody block themselves', () => {
    expect(() => authorise(cast.dina, 'person.block', { userId: 'dina' })).to.throw(Forbidden);
    expect(() => authorise(cast.ada, 'person.block', { userId: 'ada' })).to.throw(Forbidden);
  });

  it('hides the administration from everybody else', () => {
    for (const name of everybody.filter(each => each !== 'dina')) {
      expect(() => authorise(cast[name], 'installation.administer', { baseUrl: 'x' }), name).to.throw(
        NotFound,
      );
    }
  });

  it('counts a role only in its own organisation', () => {
    const elsewhere = { ...thing, organisationId: AWAY };
    expect(can(cast.ben, 'certificate.view', elsewhere)).to.equal(false);
    expect(can(cast.cleo, 'certificate.revoke', elsewhere)).to.equal(true);
    expect(can(cast.ada, 'certificate.view', elsewhere)).to.equal(true);
  });

  it('knows who is signed in', () => {
    expect(signedIn(cast.ada)).to.equal(cast.ada);
    expect(() => signedIn(null)).to.throw(SignInNeeded);
  });
});
