import { blockPerson } from '../../../../server/people/accounts/blocking.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { signLink } from '../../../../server/platform/lib/signed-links.js';
import { undoMerge } from '../../../../server/office/merging/undo-merge.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { askForErasure } from '../../../../server/office/privacy/erasure/erasure-requests.js';
import { byOperator, merged, twoAccounts, twoMembers } from '../../../office/merging/merging.js';
import { completed } from '../../../support/holders.js';
import { employer, inDays, linked, member, memberOf, unit } from '../../../support/organisations.js';
import { dina, PASSWORD, person, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { course } from '../../../support/walk.js';
import { world } from '../../../support/world.js';
import { refused } from '../../looks/look-refusal.js';
import { scene, seenBy, signingIn, type Scene } from '../scene.js';

const MONTHS_AGO = 90 * 86_400_000;

/** Two entries of an organisation: found, compared with and without anything that speaks against it, merged, undone. */
export async function mergeScenes(): Promise<Scene[]> {
  const organisation = await employer();
  const otto = await signedIn({ name: 'Otto Berg' });
  await appoint(otto, 'administrator', organisation.id);
  const see = seenBy(otto.browser);
  const people = `/organisations/${organisation.id}/people`;
  const { listed, joined } = await twoOf(organisation);
  const other = await member(organisation, {
    name: 'Adele Marlow',
    staffNumber: '4712',
    hiredOn: '2023-05-01',
  });
  const [plain, same] = [await member(organisation), await member(organisation)];
  const mergedHere = async (kept: string, closed: string, now = Date.now()) =>
    merged(await twoMembers(kept, closed), byOperator(now), organisation.id);
  const done = await mergedHere(plain, same);
  const old = await mergedHere(
    await member(organisation),
    await member(organisation),
    Date.now() - MONTHS_AGO,
  );
  const undone = await mergedHere(plain, await member(organisation));
  await undoMerge(undone, 'objection', { actorId: null, now: Date.now() });
  const into = (kept: string, closed: string) => `${people}/${kept}/merge/${closed}`;
  const page = (id: string) => `/organisations/${organisation.id}/merges/${id}`;
  return [
    see('merge-choose', `${people}/${listed}/merge`),
    see('merge-choose-nobody', `${people}/${listed}/merge?query=Nobody`),
    see('merge-preview', into(plain, await member(organisation))),
    see('merge-preview-login', into(listed, joined)),
    see('merge-preview-wrong', into(listed, other), refused(into(listed, other), {})),
    see('merge-refused-merged', into(plain, same)),
    see('merge-refused-same', into(plain, plain)),
    see('merge-refused-several', into(...(await elsewhereToo(organisation)))),
    see('merge-done', `${page(done)}?done=merged`),
    see('merge-done-wrong', page(done), refused(`${page(done)}/undoing`, {})),
    see('merge-over', page(old)),
    see('merge-undone', page(undone)),
    see('person-merged', `${people}/${same}`),
    see('person-merged-into', `${people}/${plain}`),
  ];
}

/** Somebody on the list of an organisation, and the same person, who joined with an account and completed a course. */
async function twoOf(organisation: OrganisationFacts) {
  const oslo = await unit(organisation, 'Oslo');
  const ada = await person();
  const home = { unitId: oslo, job: 'Cabin crew' };
  const listed = await member(organisation, {
    ...{ name: 'Ada Marlow', staffNumber: '4711', hiredOn: inDays(-400), home },
  });
  const joined = await member(organisation, { name: 'Ada Marlow-Lund' });
  await linked(joined, ada.id);
  const now = Date.now();
  await enrol({ userId: ada.id, organisationId: organisation.id, course: await course(), now });
  return { listed, joined };
}

/** Two entries with accounts, of which one works for a second employer, too. */
async function elsewhereToo(organisation: OrganisationFacts): Promise<[string, string]> {
  const somebody = await person();
  const own = await memberOf(await person(), organisation.id);
  await memberOf(somebody, (await employer()).id);
  return [own, await memberOf(somebody, organisation.id)];
}

/** Two accounts, for administrators of the installation; what their owners see of it; and the list of all merges. */
export async function mergeAccountScenes(): Promise<Scene[]> {
  const administrator = await dina();
  const [kept, former, next, blocked, asked] = [
    await signedIn(),
    await person({ name: 'Ada Marlow-Lund' }),
    await person(),
    await person(),
    await person(),
  ];
  await completed(former);
  const see = seenBy(administrator.browser);
  const by = { actorId: administrator.id, now: Date.now() };
  const done = await merged(twoAccounts(kept, former));
  await world().worker.drain();
  await blockPerson(blocked.id, 'A stolen device', by);
  await askForErasure({ userId: asked.id, membershipId: null }, '', { ...by, actorId: asked.id });
  const into = (closed: { id: string }) => `/admin/people/${kept.id}/merge/${closed.id}`;
  const token = signLink('merge', done, world().secrets.links);
  return [
    see('merge-accounts-choose', `/admin/people/${kept.id}/merge`),
    see('merge-accounts-preview', into(next)),
    see('merge-accounts-wrong', into(next), refused(into(next), {})),
    see('merge-refused-blocked', into(blocked)),
    see('merge-refused-erasure', into(asked)),
    see('merges', '/admin/merges'),
    see('merge-accounts-done', `/admin/merges/${done}`),
    see('merge-accounts-done-wrong', `/admin/merges/${done}`, refused(`/admin/merges/${done}/undoing`, {})),
    see('admin-person-merged', `/admin/people/${former.id}`),
    see('admin-person-merged-into', `/admin/people/${kept.id}`),
    seenBy(kept.browser)('wallet-merged', '/certificates'),
    seenBy(null)('merge-objection', `/merged?token=${token}`),
    seenBy(null)('merge-objected', '/merged/undone?outcome=undone'),
    seenBy(null)('merge-objected-changed', '/merged/undone?outcome=changed'),
    scene(null, 'sign-in-merged', '/sign-in', signingIn({ email: former.email, password: PASSWORD })),
  ];
}
