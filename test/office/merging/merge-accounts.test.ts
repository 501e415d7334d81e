import { expect } from 'chai';
import { blockPerson, unblockPerson } from '../../../server/people/accounts/blocking.js';
import { certificatesOf } from '../../../server/proof/certificates/queries.js';
import { checkEverything } from '../../../server/proof/certificates/ledger/check/check-everything.js';
import { revoke } from '../../../server/proof/certificates/lifecycle/revoke.js';
import { creditsFromElsewhere, creditsOf } from '../../../server/teaching/learning/credits/credits.js';
import { voidsOf } from '../../../server/teaching/learning/credits/voids.js';
import { merge } from '../../../server/office/merging/merge.js';
import { planMerge } from '../../../server/office/merging/plan-merge.js';
import { undoMerge } from '../../../server/office/merging/undo-merge.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import { collectData } from '../../../server/office/privacy/export/collect-data.js';
import {
  askForErasure,
  decideErasure,
  findErasure,
} from '../../../server/office/privacy/erasure/erasure-requests.js';
import { mailsTo } from '../../people/accounts/mails.js';
import { foundAnywhere } from '../privacy/erased-everywhere.js';
import { completed, holder, signedInHolder } from '../../support/holders.js';
import { employer, memberOf } from '../../support/organisations.js';
import { dina, person, PASSWORD, signedIn } from '../../support/people.js';
import { count, row, rows, write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { appoint } from '../../support/roles.js';
import { almostThrough, COURSE, enrolled } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';
import { byOperator, merged, openMembership, twoAccounts, twoMembers } from './merging.js';

const by = () => ({ actorId: null, now: Date.now() });
const reasonOf = async (asked: Parameters<typeof planMerge>[0], who = byOperator()) => {
  const plan = await planMerge(asked, who);
  return plan.kind === 'refused' ? plan.reason : plan.kind;
};
const subjectsTo = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject);
const ledger = async () =>
  (await checkEverything({ addresses: world().config, published: world().issuer.checkpoints.read() }))
    .discrepancies;

describe('two accounts of one person', () => {
  ownWorld();

  it('become one: credits name the old cycle, certificates stay as they are and are the person’s', async () => {
    const { holder: former, cycle, certificate } = await holder();
    const kept = await signedIn();
    const before = await rows('select * from certificates order by id');
    await merged(twoAccounts(kept, former));
    const [credit] = await creditsOf([await openMembership(kept)]);
    expect(credit).to.include({ sourceId: cycle.id, source: 'cycle', courseSlug: COURSE });
    expect((await certificatesOf(kept.id)).map(({ id }) => id)).to.deep.equal([certificate.id]);
    expect(await rows('select * from certificates order by id')).to.deep.equal(before);
    expect((await kept.browser.get('/certificates')).text).to.include(`/certificates/${certificate.id}`);
    expect((await kept.browser.get(`/certificates/${certificate.id}`)).status).to.equal(200);
    expect((await kept.browser.get(`/courses/${COURSE}`)).status).to.equal(200);
    const renewed = await creditsFromElsewhere([
      { organisationId: cycle.organisationId, userId: kept.id, courseSlug: COURSE },
    ]);
    expect(renewed, 'keeps its anniversary').to.have.length(1);
    expect(await ledger()).to.deep.equal([]);
  });

  it('a ruling on the old certificate reaches both, and undoing takes nothing but the credit back', async () => {
    const { holder: former, certificate } = await holder();
    const kept = await person();
    const id = await merged(twoAccounts(kept, former));
    const own = await openMembership(kept);
    const voids = async () => {
      const credits = await creditsOf([own]);
      const found = await voidsOf(credits.map(credit => credit.id));
      return found.filter(({ retiredAt }) => retiredAt === null).map(({ because }) => because);
    };
    const { id: actorId } = await dina();
    await revoke(certificate, { reason: 'not-earned', note: null }, { actorId, now: Date.now() });
    expect(await voids()).to.deep.equal(['not-earned']);
    expect(await undoMerge(id, 'asked', by())).to.equal('undone');
    expect(await voids()).to.have.members(['not-earned', 'undone']);
    expect(await certificatesOf(kept.id)).to.deep.equal([]);
    expect((await loadActor(former.id, Date.now()))?.memberships).to.have.length(1);
    expect(await ledger()).to.deep.equal([]);
  });

  it('what the closed account completes by a ruling later counts for the other, too, and not once it is undone', async () => {
    const [former, kept] = [await person(), await person()];
    const id = await merged(twoAccounts(kept, former));
    await completed(former);
    const own = await openMembership(kept);
    expect(await creditsOf([own, await openMembership(former)])).to.have.length(2);
    expect(await undoMerge(id, 'asked', by())).to.equal('undone');
    const [credit] = await creditsOf([own]);
    expect((await voidsOf([credit?.id ?? ''])).map(({ because }) => because)).to.deep.equal(['undone']);
  });

  it('what the closed account completes later counts where only its login moved', async () => {
    const [former, kept] = [await person(), await person({ cameAlone: false })];
    const cycle = await enrolled(former);
    await merged(twoAccounts(kept, former));
    await almostThrough(cycle, []);
    expect(await creditsOf([await openMembership(kept)])).to.have.length(1);
  });

  it('leave the courses that the closed one had begun, until it is undone', async () => {
    const [former, kept] = [await person(), await person()];
    const [open, own] = [await enrolled(former), await enrolled(kept)];
    const left = async (id: string) =>
      (await row<{ left_because: string | null }>('select left_because from cycles where id = $1', [id]))
        ?.left_because;
    const id = await merged(twoAccounts(kept, former));
    expect([await left(open.id), await left(own.id)]).to.deep.equal(['merged', null]);
    expect(await undoMerge(id, 'asked', by())).to.equal('undone');
    expect(await left(open.id)).to.equal(null);
  });

  it('end the sessions, links and roles of the closed one, which says where to sign in', async () => {
    const former = await signedIn();
    const kept = await person();
    await appoint(former, 'manager');
    await merged(twoAccounts(kept, former));
    await world().worker.drain();
    expect((await former.browser.get('/learning')).path).to.match(/^\/sign-in/);
    expect(await count('role_grants where user_id = $1 and ended_at is null', [former.id])).to.equal(0);
    const visitor = world().visitor();
    await visitor.get('/sign-in');
    const told = await visitor.submit('/sign-in', { email: former.email, password: PASSWORD });
    expect(told.status).to.equal(403);
    expect(told.text).to.include(said('mergedAccount.heading'));
    expect(told.text)
      .to.include(`${kept.email.slice(0, 1)}•••@example.org`)
      .and.not.include(kept.email);
    await visitor.get('/sign-in/link');
    await visitor.submit('/sign-in/link', { email: former.email });
    await visitor.get('/forgotten');
    await visitor.submit('/forgotten', { email: former.email });
    await world().worker.drain();
    const subjects = await subjectsTo(former.email);
    expect(subjects.filter(each => each === said('mail.subject.former-address'))).to.have.length(2);
    expect(subjects).to.include(said('mail.subject.account-closed'));
    expect(await subjectsTo(kept.email)).to.include(said('mail.subject.account-kept'));
  });

  it('of two who merge them at once, each into the other, one does', async () => {
    const [one, other] = [await person(), await person()];
    const both = [twoAccounts(one, other), twoAccounts(other, one)];
    const kinds = await Promise.all(
      both.map(asked => merge(asked, { seen: [], organisationId: null, by: byOperator() })),
    );
    expect(kinds.map(({ kind }) => kind)).to.have.members(['merged', 'refused']);
    expect(
      await count('users where id in ($1, $2) and merged_into is not null', [one.id, other.id]),
    ).to.equal(1);
  });

  it('are not merged with themselves, nor with somebody merged, blocked, erased or administering', async () => {
    const [kept, former, third, blocked] = [await person(), await person(), await person(), await person()];
    await merged(twoAccounts(kept, former));
    const admin = await dina();
    expect(await reasonOf(twoAccounts(kept, kept))).to.equal('same');
    expect(await reasonOf(twoAccounts(third, former))).to.equal('merged');
    expect(await reasonOf(twoAccounts(former, third))).to.equal('merged');
    expect(await reasonOf(twoAccounts(kept, admin))).to.equal('administrator');
    expect(await reasonOf(twoAccounts(kept, { id: kept.id.replace(/./, 'f') }))).to.equal('gone');
    const self = { actorId: kept.id, isInstallation: true, now: Date.now() };
    expect(await reasonOf(twoAccounts(kept, third), self)).to.equal('own');
    await askForErasure({ userId: third.id, membershipId: null }, '', { actorId: third.id, now: Date.now() });
    expect(await reasonOf(twoAccounts(kept, third))).to.equal('erasure');
    await blockPerson(blocked.id, 'A stolen device', by());
    expect(await reasonOf(twoAccounts(kept, blocked))).to.equal('blocked');
  });

  it('of which one belongs to two employers are merged by the installation alone', async () => {
    const [kept, former] = [await person(), await person()];
    const [here, elsewhere] = [await employer(), await employer()];
    for (const somebody of [kept, former]) await memberOf(somebody, here.id);
    await memberOf(former, elsewhere.id);
    const manager = { actorId: null, isInstallation: false, now: Date.now() };
    expect(await reasonOf(twoAccounts(kept, former), manager)).to.equal('several');
    const id = await merged(twoAccounts(kept, former));
    const at = (userId: string) =>
      row('select id from memberships where organisation_id = $1 and user_id = $2', [elsewhere.id, userId]);
    expect(await at(kept.id)).not.to.equal(null);
    expect(await undoMerge(id, 'objection', by())).to.equal('undone');
    expect(await at(kept.id)).to.equal(null);
    expect(await at(former.id)).not.to.equal(null);
  });

  it('of which one has a say elsewhere, in an organisation or over the installation, are merged by the installation alone', async () => {
    const [here, elsewhere] = [await employer(), await employer()];
    const keeper = { actorId: null, isInstallation: false, now: Date.now() };
    const pair = async () => {
      const [kept, former] = [await person(), await person()];
      for (const somebody of [kept, former]) await memberOf(somebody, here.id);
      return {
        asked: await twoMembers(await memberOf(kept, here.id), await memberOf(former, here.id)),
        kept,
        former,
      };
    };
    const [none, ofClosed, ofKept] = [await pair(), await pair(), await pair()];
    const [ofOpen, ended, administers] = [await pair(), await pair(), await pair()];
    await appoint(ofClosed.former, 'manager', elsewhere.id);
    await appoint(ofKept.kept, 'instructor', elsewhere.id);
    await appoint(ofOpen.former, 'administrator');
    await appoint(ended.former, 'manager', elsewhere.id);
    await write('update role_grants set until_day = $2 where user_id = $1', [ended.former.id, '2026-02-01']);
    await write('update users set is_administrator = $2 where id = $1', [administers.kept.id, true]);
    for (const [{ asked }, reason] of [
      [none, 'plan'],
      [ofClosed, 'several'],
      [ofKept, 'several'],
      [ofOpen, 'several'],
      [ended, 'plan'],
      [administers, 'several'],
    ] as const)
      expect(await reasonOf(asked, keeper)).to.equal(reason);
    expect(await reasonOf(ofClosed.asked)).to.equal('plan');
    await appoint(none.former, 'manager', here.id);
    expect(await reasonOf(none.asked, keeper), 'a role here is the keeper’s to end').to.equal('plan');
  });

  it('are not made two again while the person is blocked, neither by the mailed link nor by those who merged them', async () => {
    const [kept, former] = [await person(), await person()];
    const id = await merged(twoAccounts(kept, former));
    const mail = (await mailsTo(former.email)).at(-1);
    const link = /\/merged\?token=[\w.-]+/.exec(mail?.text ?? '')?.[0] ?? '';
    const { id: actorId } = await dina();
    await blockPerson(kept.id, 'Misconduct', { actorId, now: Date.now() });
    const visitor = world().visitor();
    await visitor.get(link);
    expect((await visitor.submit('/merged')).path).to.equal('/merged/undone?outcome=changed');
    expect(await undoMerge(id, 'asked', by())).to.equal('changed');
    const shut = 'users where id in ($1, $2) and disabled_at is not null';
    expect(await count(shut, [kept.id, former.id])).to.equal(2);
    await unblockPerson(kept.id, { actorId, now: Date.now() });
    expect(await undoMerge(id, 'objection', by())).to.equal('undone');
    expect(await count(shut, [kept.id, former.id])).to.equal(0);
  });

  it('are exported and erased together', async () => {
    const name = 'Zelda Brightwater';
    const { holder: former } = await signedInHolder(name);
    const kept = await signedIn({ name });
    await merged(twoAccounts(kept, former));
    const data = await collectData(kept.id);
    const kind = (wanted: string) => data.find(each => each.kind === wanted)?.rows ?? [];
    expect(kind('account').map(({ email }) => email)).to.have.members([kept.email, former.email]);
    expect(kind('certificates')).to.have.length(1);
    expect(kind('merges-into-your-account')).to.have.length(1);
    const asked = await askForErasure({ userId: kept.id, membershipId: null }, '', {
      ...by(),
      actorId: kept.id,
    });
    const { id: actorId } = await dina();
    expect(await decideErasure(asked, 'As they asked', { actorId, now: Date.now() })).to.equal('decided');
    await world().worker.drain();
    expect((await findErasure(asked))?.state).to.equal('done');
    expect(await foundAnywhere([name, kept.email, former.email])).to.deep.equal([]);
    expect(await ledger()).to.deep.equal([]);
  });

  it('merged on, or undone already, or too long ago, are not undone', async () => {
    const [kept, former, third] = [await person(), await person(), await person()];
    const first = await merged(twoAccounts(kept, former));
    const second = await merged(twoAccounts(third, kept));
    expect(await undoMerge(first, 'asked', by())).to.equal('changed');
    expect(await undoMerge(second, 'asked', { actorId: null, now: Date.now() + 31 * 86_400_000 })).to.equal(
      'over',
    );
    expect(await undoMerge(second, 'asked', by())).to.equal('undone');
    expect(await undoMerge(second, 'asked', by())).to.equal('not-open');
    expect(await undoMerge(first, 'asked', by())).to.equal('undone');
    expect(await count('users where id in ($1, $2) and merged_into is null', [kept.id, former.id])).to.equal(
      2,
    );
  });
});
