import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { projectRoot } from '../../../../server/config.js';
import {
  answerAt,
  DOORS,
  type AccountAtDoor,
  type AtDoor,
  type DoorName,
} from '../../../../server/people/accounts/sign-in/doors.js';

const ORGANISATIONS = ['A', 'B', 'C'];
const some = fc.uniqueArray(fc.constantFrom(...ORGANISATIONS));
const account: fc.Arbitrary<AccountAtDoor> = fc.record({
  hasFactor: fc.boolean(),
  isAdministrator: fc.boolean(),
  rolesIn: some,
  enforcing: some,
});

const NAMES = Object.keys(DOORS) as DoorName[];
/** The doors of organisations. */
const THEIRS: readonly DoorName[] = NAMES.filter(name => DOORS[name].opens === 'organisation');

const atDoor: fc.Arbitrary<AtDoor> = fc.constantFrom(...NAMES).chain(door =>
  fc.record({
    door: fc.constant(door),
    at: THEIRS.includes(door)
      ? fc.constantFrom(...ORGANISATIONS)
      : door === 'second-step'
        ? fc.constantFrom(null, ...ORGANISATIONS)
        : fc.constant(null),
    isHere: fc.boolean(),
    ...(door === 'provider' && { connectedBy: fc.constantFrom('address' as const, 'account' as const) }),
  }),
);

const always = (holds: (coming: AtDoor, of: AccountAtDoor) => void): void =>
  fc.assert(
    fc.property(atDoor, account, (coming, of) => void holds(coming, of)),
    { numRuns: 2_000 },
  );

const hasMore = ({ at }: AtDoor, { isAdministrator, rolesIn }: AccountAtDoor): boolean =>
  isAdministrator || rolesIn.some(id => id !== at);

describe('a door', () => {
  it('of an organisation opens nothing of another, and proves nothing before what does harm', () => {
    always((coming, of) => {
      const answer = answerAt(coming, of);
      if (!THEIRS.includes(coming.door) || !('within' in answer)) return;
      expect(answer).to.include({ within: coming.at, isProven: false });
    });
  });

  it('asks whoever has a second factor for it, but where they show it, or nothing but that organisation opens', () => {
    always((coming, of) => {
      const answer = answerAt(coming, of);
      if (!of.hasFactor || !('within' in answer)) return;
      const isShown = coming.door === 'passkey' || coming.door === 'second-step';
      const isSpared = coming.door === 'provider' && !hasMore(coming, of);
      expect(answer.kind).to.equal(isShown || isSpared ? 'in' : 'second-step');
    });
  });

  it('lets nobody in whom an organisation lets in by its own provider alone, but by that', () => {
    always((coming, of) => {
      const answer = answerAt(coming, of);
      const isItsProvider = ['provider', 'second-step'].includes(coming.door) && coming.at !== null;
      const opens = of.enforcing.length === 0 || (isItsProvider && of.enforcing.includes(coming.at ?? ''));
      expect(answer.kind === 'in' || answer.kind === 'second-step' || answer.kind === 'connect').to.equal(
        opens,
      );
    });
  });

  it('of either provider lets in where two are the only way in, and opens nothing of the other, not even after a second step', () => {
    for (const at of ['A', 'B'])
      for (const door of ['provider', 'second-step'] as const)
        for (const connectedBy of ['address', 'account'] as const) {
          const of = { hasFactor: false, isAdministrator: false, rolesIn: ['A', 'B'], enforcing: ['A', 'B'] };
          expect(answerAt({ door, at, connectedBy }, of)).to.include({ kind: 'in', within: at });
        }
  });

  it('of a provider asks the owner to connect an account that may do more, unless it is their only way in', () => {
    always((coming, of) => {
      if (coming.door !== 'provider' || (of.enforcing.length > 0 && !of.enforcing.includes(coming.at ?? '')))
        return;
      const isAsked = coming.connectedBy === 'address' && hasMore(coming, of) && of.enforcing.length === 0;
      expect(answerAt(coming, of).kind === 'connect').to.equal(isAsked);
    });
  });

  it('of ours opens the account, and the second step does so after any other', () => {
    always((coming, of) => {
      const answer = answerAt(coming, of);
      if (THEIRS.includes(coming.door) || !('within' in answer)) return;
      const isHeldBack = coming.door === 'second-step' && of.enforcing.some(id => id !== coming.at);
      expect(answer.within).to.equal(isHeldBack ? coming.at : null);
    });
  });

  it('of a mailed link proves a session that is open, where it may begin none', () => {
    const of = { hasFactor: false, isAdministrator: false, rolesIn: [], enforcing: ['A'] };
    const link = { door: 'sign-in-link', at: null } as const;
    expect(answerAt({ ...link, isHere: true }, of)).to.deep.equal({ kind: 'proven' });
    expect(answerAt({ ...link, isHere: false }, of).kind).to.equal('elsewhere');
    expect(answerAt({ door: 'password', at: null, isHere: true }, of).kind).to.equal('elsewhere');
  });
});

describe('a session', () => {
  const source = readdirSync(join(projectRoot, 'server'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .map(path => ({ path, text: readFileSync(join(projectRoot, 'server', path), 'utf8') }));

  it('is begun by sign-in.ts alone, at a door of the table', () => {
    const begins = source.filter(({ text }) => /\b(sessions|store|cookies)\.begin\(/.test(text));
    expect(begins.map(({ path }) => path).sort()).to.deep.equal([
      'people/accounts/sign-in/sign-in.ts',
      'platform/http/security/session-cookie.ts',
    ]);
    const stored = source.filter(({ text }) => /\binsert(Once|All)?\(\s*Session\b/.test(text));
    expect(stored.map(({ path }) => path)).to.deep.equal(['platform/http/security/sessions.ts']);
  });

  it('is begun at every door, each named by the routes that stand there', () => {
    const named = source
      .filter(({ path }) => /\/routes-[\w-]+\.ts$/.test(path) || path.endsWith('sign-in/sign-in.ts'))
      .flatMap(({ text }) => [...text.matchAll(/\bdoor: '([\w-]+)'/g)].map(([, name = '']) => name));
    expect([...new Set(named)].sort()).to.deep.equal([...NAMES].sort());
  });
});
