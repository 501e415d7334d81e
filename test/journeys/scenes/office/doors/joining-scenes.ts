import { joinByCode } from '../../../../../server/people/organisations/joining/join.js';
import { codeOf, newcomer, signUpBy } from '../../../../people/organisations/joining/of-codes.js';
import { linkMailedTo } from '../../../../people/accounts/mails.js';
import { employer, unit } from '../../../../support/organisations.js';
import { dina, signedIn } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row, write } from '../../../../support/rows.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

const idOf = async (code: string): Promise<string> =>
  (await row<{ id: string }>('select id from join_codes where code = $1', [code]))?.id ?? '';

/** Codes by which people join, their poster, and what whoever has one sees. */
export async function joiningScenes(): Promise<Scene[]> {
  const [by, manager, organisation] = [await dina(), await signedIn(), await employer()];
  const unitId = await unit(organisation, 'Maximiliane-Friederike-Klassenzimmer für Fortgeschrittene');
  await appoint(manager, 'manager', organisation.id, unitId);
  const home = `/organisations/${organisation.id}/joining`;
  const open = await codeOf(organisation.id, { unitId, courseSlug: 'volunteers', mostPeople: 24 });
  await codeOf(organisation.id, { fromDay: '2999-01-01', untilDay: '2999-02-01' });
  await codeOf(organisation.id, { untilDay: '2020-02-01' });
  const see = seenBy(by.browser);
  return [
    see('join-codes', `${home}?done=join-code-made`),
    seenBy(manager.browser)('join-codes-of-unit', home),
    see('join-codes-none', `/organisations/${await otherOrganisation()}/joining`),
    see('join-code-new', `${home}/new`),
    see('join-code-new-wrong', `${home}/new`, refused(`${home}/new`, { most: 'many' })),
    seenBy(manager.browser)('join-code-new-of-unit', `${home}/new`),
    see('join-poster', `${home}/${await idOf(open)}/poster`),
    ...(await joinScenes(open)),
  ];
}

/** The page of a code in each state, as strangers and members see it. */
async function joinScenes(open: string): Promise<Scene[]> {
  const see = seenBy(null);
  const organisation = await employer();
  await write(`update organisations set contact = 'training@example.org' where id = $1`, [organisation.id]);
  const [member, other] = [await signedIn(), await signedIn()];
  const full = await codeOf(organisation.id, { mostPeople: 1 });
  await joinByCode(await idOf(full), { userId: member.id, now: Date.now() });
  const zoe = newcomer();
  await signUpBy(open, zoe);
  const waiting = await otherOrganisation();
  const paused = await codeOf(waiting);
  await write('update organisations set suspended_at = 1 where id = $1', [waiting]);
  return [
    see('join', '/join'),
    see('join-wrong', '/join?code=12'),
    see('join-unknown', '/join/7KM4QX9R'),
    see('join-code', `/join/${open}`),
    see(
      'join-code-wrong',
      `/join/${open}`,
      refused(`/join/${open}`, { name: '', email: 'zoe', password: 'short' }),
    ),
    see('join-sent', `/join/${open}/sent`),
    see('join-arrival', await linkMailedTo(zoe.email)),
    seenBy(other.browser)('join-signed-in', `/join/${open}`),
    seenBy(member.browser)('join-member', `/join/${full}`),
    see('join-full', `/join/${full}`),
    see('join-over', `/join/${await codeOf(organisation.id, { untilDay: '2020-02-01' })}`),
    see('join-early', `/join/${await codeOf(organisation.id, { fromDay: '2999-01-01' })}`),
    see('join-paused', `/join/${paused}`),
  ];
}
