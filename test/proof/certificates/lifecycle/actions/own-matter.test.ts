import { expect } from 'chai';
import { recentActors } from '../../../../../server/people/accounts/people.js';
import { certificateOf } from '../../../../../server/proof/certificates/queries.js';
import { suspend } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { reinstate } from '../../../../../server/proof/certificates/lifecycle/supersede.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { csrfOf } from '../../../../people/accounts/browser.js';
import { dina, signedIn, type Person } from '../../../../support/people.js';
import { ownWorld, world } from '../../../../support/world.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { completed, holder } from '../../../../support/holders.js';
import { count, write } from '../../../../support/rows.js';

const CHANGES = {
  suspension: { reason: 'under-review' },
  reinstatement: {},
  correction: { name: 'Another Name' },
  revocation: { reason: 'holder-asked', sure: 'yes' },
} as const;
type Kind = keyof typeof CHANGES;
const KINDS = Object.keys(CHANGES) as Kind[];

const ROLES = {
  learner: async () => signedIn({ name: 'Lena Learner' }),
  manager: async () => withRole('manager'),
  auditor: async () => withRole('auditor'),
  'manager of others': async () => {
    const somebody = await signedIn();
    await appoint(somebody, 'manager', await otherOrganisation());
    return somebody;
  },
  administrator: async () => dina(),
  'administrator and manager': async () => {
    const somebody = await withRole('manager');
    await write('update users set is_administrator = $1 where id = $2', [true, somebody.id]);
    recentActors().remove(somebody.id);
    return somebody;
  },
};

async function withRole(role: 'manager' | 'auditor'): Promise<Person> {
  const somebody = await signedIn();
  await appoint(somebody, role);
  return somebody;
}

/** Sends the form of a change, whether or not a page offers it. */
async function change({ browser }: Person, id: string, kind: Kind): Promise<number> {
  const _csrf = csrfOf(await browser.get('/account'));
  return (await browser.post(`/certificates/${id}/${kind}`, { _csrf, ...CHANGES[kind] })).status;
}

/** The current certificate of a cycle, in the state in which this change can be made. */
async function readyFor(kind: Kind, cycleId: string): Promise<string> {
  const by = { actorId: null, now: Date.now() };
  const certificate = await certificateOf(cycleId);
  if (!certificate) throw new Error('No certificate stands');
  const isSuspended = certificate.suspendedAt !== null;
  if (kind === 'reinstatement' && !isSuspended)
    await suspend(certificate, { reason: 'under-review', note: null }, by);
  if (kind === 'reinstatement' || !isSuspended) return certificate.id;
  const id = await reinstate(certificate.id, null, by);
  await world().worker.drain();
  return id;
}

const changesOf = (id: string) =>
  count(
    `(select certificate_id from revocations union all select certificate_id from suspensions
      union all select certificate_id from supersessions) r where certificate_id = $1`,
    [id],
  );

/** What each role is answered: on one's own certificate, on somebody else's. */
const ANSWERS: Record<keyof typeof ROLES, readonly [number, number]> = {
  learner: [403, 404],
  manager: [403, 200],
  auditor: [403, 404],
  'manager of others': [403, 404],
  administrator: [403, 200],
  'administrator and manager': [403, 200],
};

describe('nobody changes the state of their own certificate', () => {
  ownWorld();

  for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
    it(`as ${role}: each change, of one's own certificate and of another's`, async () => {
      const actor = await ROLES[role]();
      const cycles = [(await completed(actor)).cycle.id, (await holder()).cycle.id];
      for (const kind of KINDS)
        for (const [at, cycleId] of cycles.entries()) {
          const id = await readyFor(kind, cycleId);
          const before = await changesOf(id);
          const status = await change(actor, id, kind);
          expect(status, `${kind} on ${at === 0 ? 'own' : 'other'}`).to.equal(ANSWERS[role][at]);
          expect(await changesOf(id)).to.equal(before + (status === 200 ? 1 : 0));
        }
    });
  }

  it('nor do its pages offer a change', async () => {
    for (const role of ['manager', 'administrator'] as const) {
      const actor = await ROLES[role]();
      const own = (await completed(actor)).certificate.id;
      const other = (await holder()).certificate.id;
      const home = role === 'administrator' ? '/admin' : '';
      const offered = async (id: string) =>
        linksIn(
          (await actor.browser.get(`${home}/certificates/${id}`)).text,
          new RegExp(`/certificates/${id}/(${KINDS.join('|')})`),
        );
      expect(await offered(own)).to.deep.equal([]);
      expect(await offered(other)).to.have.length(3);
    }
  });

  it('and the page says that somebody else decides', async () => {
    const actor = await dina();
    const own = (await completed(actor)).certificate.id;
    for (const kind of ['suspension', 'correction', 'revocation']) {
      const page = await actor.browser.get(`/certificates/${own}/${kind}`);
      expect(page.status).to.equal(403);
      expect(page.text).to.include('data-own-matter');
    }
  });
});
