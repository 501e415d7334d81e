import { cardOf, comeIn, withCard } from '../../../../people/organisations/entry/of-cards.js';
import { employer, linked, member, unit } from '../../../../support/organisations.js';
import { dina, signedIn } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row } from '../../../../support/rows.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

/** Cards for people without an e-mail address, and what whoever has one sees at a device that others use, too. */
export async function entryScenes(): Promise<Scene[]> {
  const [by, manager, organisation] = [await dina(), await signedIn(), await employer()];
  const room = await unit(organisation, 'Maximiliane-Friederike-Klassenzimmer für Fortgeschrittene');
  await appoint(manager, 'manager', organisation.id, room);
  const home = `/organisations/${organisation.id}/entry`;
  const inRoom = (name: string, staffNumber: string) =>
    member(organisation, { name, staffNumber, home: { unitId: room, job: null } });
  const card = await withCard(organisation, { staffNumber: 'K0001', unitId: room });
  const kiosk = await comeIn(card);
  for (const [name, staffNumber] of [
    ['محمد عبد الله', 'K0002'],
    ['Maximiliane-Friederike von und zu Unterhaltungselektronik', 'K-0000-0000-0000-0000-0003'],
  ] as const)
    await cardOf(organisation, { membership: await inRoom(name, staffNumber), staffNumber });
  await inRoom('Ada Marlow', 'K0004');
  const ofOne = await withCard(organisation, { staffNumber: 'K0006', unitId: room });
  const lone = await inRoom('Ben Okafor', 'K0005');
  const foreign = await inRoom('Carl Lind', 'K0007');
  await linked(foreign, await elsewhere());
  const whom = `/organisations/${organisation.id}/people`;
  const none = `/organisations/${await otherOrganisation()}/entry`;
  const see = seenBy(by.browser);
  return [
    see('entry-codes', home),
    seenBy(manager.browser)('entry-codes-of-unit', home),
    see('entry-codes-none', none),
    see('entry-sheet', `${home}/sheet?unit=${room}`),
    see('entry-sheet-of-one', `${home}/sheet?person=${ofOne.membership}`),
    see('entry-card-none', `${whom}/${lone}`),
    see('entry-card-of-another', `${whom}/${foreign}`),
    seenBy(manager.browser)('entry-card-made', `${whom}/${ofOne.membership}`),
    see('entry-codes-parts', `/organisations/${await manyWithNumbers()}/entry?part=2`),
    see('entry-sheet-none', `${none}/sheet`),
    seenBy(null)('staff', `/staff?organisation=${card.organisation}`),
    seenBy(null)('staff-left', '/staff?left'),
    seenBy(null)('staff-wrong', '/staff', refused('/staff', { staffNumber: '', pin: '' })),
    seenBy(null)('staff-first', '/staff/first'),
    seenBy(null)(
      'staff-first-wrong',
      '/staff/first',
      refused('/staff/first', {
        organisation: card.organisation,
        staffNumber: 'K0002',
        code: '12',
        pin: '1',
      }),
    ),
    seenBy(kiosk)('shared-courses', '/learning'),
    seenBy(kiosk)('shared-account', '/account'),
    seenBy(kiosk)('shared-certificates', '/certificates'),
  ];
}

/** The account of somebody whom another organisation gave their card. */
async function elsewhere(): Promise<string> {
  const card = await withCard(await employer());
  await comeIn(card);
  const found = await row<{ id: string }>('select user_id as id from memberships where id = $1', [
    card.membership,
  ]);
  return found?.id ?? '';
}

/** An organisation with more people than fit on one sheet. */
async function manyWithNumbers(): Promise<string> {
  const organisation = await employer();
  for (let at = 1; at <= 202; at += 1)
    await member(organisation, { name: `Person ${at}`, staffNumber: `N${at}` });
  return organisation.id;
}
