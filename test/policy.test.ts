import { expect } from 'chai';
import { Forbidden, NotFound, SignInNeeded } from '../server/errors.js';
import { authorise, can, signedIn, type Action, type Actor } from '../server/policy.js';

const HOME = 'organisation-1';
const AWAY = 'organisation-2';

const actor = (id: string, memberships: Actor['memberships'] = [], isAdministrator = false): Actor => ({
  id,
  name: id,
  isAdministrator,
  memberships,
});

const cast = {
  ada: actor('ada', [{ organisationId: HOME, role: 'learner' }]),
  colleague: actor('colleague', [{ organisationId: HOME, role: 'learner' }]),
  ben: actor('ben', [{ organisationId: HOME, role: 'manager' }]),
  cleo: actor('cleo', [{ organisationId: AWAY, role: 'manager' }]),
  emre: actor('emre', [{ organisationId: HOME, role: 'auditor' }]),
  dina: actor('dina', [], true),
  stranger: actor('stranger'),
};
type Name = keyof typeof cast;
const everybody = Object.keys(cast) as Name[];

/** What belongs to Ada, in her organisation. */
const thing = { id: 'ada', userId: 'ada', organisationId: HOME, grantedTo: [HOME], changesOwn: false };

const sentences: Record<Action, readonly Name[]> = {
  'account.change': ['ada'],
  'cycle.learn': ['ada'],
  'attempt.answer': ['ada'],
  'attempt.view': ['ada'],
  'attempt.identify': ['ben', 'dina'],
  'certificate.view': ['ada', 'ben', 'emre', 'dina'],
  'certificate.hold': ['ada'],
  'certificate.revoke': ['ben', 'dina'],
  'certificate.suspend': ['ben', 'dina'],
  'certificate.correct': ['ben', 'dina'],
  'person.favour': ['dina'],
  'regrade.apply': ['dina'],
  'organisation.audit': ['ben', 'emre', 'dina'],
  'organisation.manage': ['ben', 'dina'],
  'course.take': ['ada', 'colleague', 'ben'],
  'content.preview': ['ben', 'dina'],
  'content.key': ['dina'],
  'person.block': ['dina'],
  'installation.administer': ['dina'],
};

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
    for (const name of ['colleague', 'cleo', 'stranger'] as const) {
      for (const action of (Object.keys(sentences) as Action[]).filter(
        each => !sentences[each].includes(name),
      )) {
        expect(() => authorise(cast[name], action, thing), `${name} ${action}`).to.throw(NotFound);
      }
    }
  });

  it('gives an insider without the right 403', () => {
    expect(() => authorise(cast.ada, 'certificate.revoke', thing)).to.throw(Forbidden);
    expect(() => authorise(cast.emre, 'certificate.revoke', thing)).to.throw(Forbidden);
    expect(() => authorise(cast.ben, 'attempt.answer', thing)).to.throw(Forbidden);
    expect(() => authorise(cast.dina, 'cycle.learn', thing)).to.throw(Forbidden);
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
