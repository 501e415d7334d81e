import { newId } from '../../../../server/platform/lib/ids.js';
import { linkMailedTo } from '../../../people/accounts/mails.js';
import {
  confirmed,
  csvOf,
  previewOf,
  rosterOn,
  uploadRoster,
} from '../../../people/organisations/roster/uploading.js';
import { send } from '../../../support/pages.js';
import { employer, member as memberIn, unitIn } from '../../../support/organisations.js';
import { cleo, dina, signedIn, type Person } from '../../../support/people.js';
import { otherOrganisation } from '../../../support/roles.js';
import { row, write } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { NONE, refused } from '../../looks/look-refusal.js';
import { seenBy, send as press, type Scene } from '../scene.js';

/** As no text of ours says it, so that the tour knows these words for those of a file. */
const HEADER = [
  'Payroll number',
  'Employee name',
  'Work e-mail',
  'Cost centre',
  'Date of joining',
  'Employment status',
];
const ADA = ['001', 'Ada Marlow', 'ada@example.org', 'Europe / FRA', '2024-03-01', 'active'];
const LONG = [
  '002',
  'Maximiliane-Friederike von und zu Unterhaltungselektronik',
  'm@example.org',
  '',
  '',
  '',
];
const RIGHT = ['003', 'محمد عبد الله', 'nowhere', 'Europe / OSL', '03/04/2024', 'perhaps'];

/** Lists of people, from the file to what came of it, and the invitations that follow. */
export async function rosterScenes(): Promise<Scene[]> {
  const [by, organisation] = [await dina(), await otherOrganisation()];
  const home = `/organisations/${organisation}/roster`;
  const see = seenBy(by.browser);
  const columns = rosterOn(
    await uploadRoster(by, organisation, { bytes: csvOf(HEADER, [ADA, LONG, RIGHT]) }),
  );
  const done = rosterOn(await imported(by, organisation, csvOf(HEADER, [ADA, LONG, RIGHT])));
  const remembered = rosterOn(await uploadRoster(by, organisation, { bytes: csvOf(HEADER, [ADA]) }));
  const look = rosterOn(
    await previewOf(by, organisation, everything(), { makesUnits: 'yes', isWhole: 'yes' }),
  );
  const nothing = rosterOn(await previewOf(by, organisation, csvOf(HEADER, [ADA])));
  const gone = rosterOn(await previewOf(by, organisation, csvOf(HEADER, [ADA])));
  await by.browser.submit(`${gone}/removal`);
  const other = await otherOrganisation();
  return [
    see('roster-none', `/organisations/${other}/roster`),
    see('roster', `${home}?done=roster-removed`),
    see('roster-no-file', home, press),
    see('roster-too-large', `${home}?large`),
    see('roster-columns', `${columns}/columns`),
    see('roster-columns-remembered', `${remembered}/columns`),
    see(
      'roster-columns-wrong',
      `${remembered}/columns`,
      refused(`${remembered}/preview`, { 'column-name': '' }),
    ),
    see('roster-preview', look),
    see('roster-preview-changed', `${look}?why=changed`),
    see('roster-preview-busy', `${look}?why=busy`),
    see('roster-preview-nothing', `${nothing}?why=nothing`),
    see('roster-progress', await underWay(by)),
    see('roster-result', done),
    see('roster-stopped', await givenUp(by)),
    see('roster-removed', gone),
    ...(await invitationScenes(by, organisation)),
  ];
}

async function imported(by: Person, organisation: string, bytes: Buffer) {
  const page = await confirmed(by, await previewOf(by, organisation, bytes, { makesUnits: 'yes' }));
  await world().worker.drain();
  return page;
}

/** Somebody new, somebody who moves, a question of each kind, faults, and a unit that is missing. */
const everything = (): Buffer =>
  csvOf(HEADER, [
    ['001', 'Ada Marlow', 'ada@example.org', 'Asia / NRT', '2024-03-01', 'active'],
    ['104', 'Ada Marlow', 'ada@example.org', '', '', ''],
    ['105', 'Eve Stone', 'eve@example.org', '', '', ''],
    ['106', 'Eve Stone', 'eve@example.org', '', '', ''],
    RIGHT,
    ['007', 'Ola', '', '', '1.2.03', ''],
    ['', 'Nobody', '', '', '', ''],
  ]);

/** An import that goes on for as long as it is looked at. */
async function underWay(by: Person): Promise<string> {
  const organisation = await otherOrganisation();
  const roster = rosterOn(await previewOf(by, organisation, csvOf(HEADER, [ADA])));
  await write(`update rosters set state = 'confirmed' where id = $1`, [roster.split('/').at(-1) ?? '']);
  return roster;
}

/** An import that was given up after its first part. */
async function givenUp(by: Person): Promise<string> {
  const organisation = await otherOrganisation();
  const many = Array.from({ length: 600 }, (_, at) => [String(at), `Ada ${at}`, '', '', '', '']);
  const roster = rosterOn(await previewOf(by, organisation, csvOf(HEADER, many)));
  await write(`update rosters set state = 'done', parts_done = 1, counts = $2 where id = $1`, [
    roster.split('/').at(-1) ?? '',
    JSON.stringify({ add: 500, move: 0, change: 0, leave: 0, unchanged: 0, fault: 0 }),
  ]);
  return roster;
}

async function invitationScenes(by: Person, organisation: string): Promise<Scene[]> {
  const home = `/organisations/${organisation}/invitations`;
  const see = seenBy(by.browser);
  const ids = await row<{ ada: string }>(
    `select membership_id as ada from membership_people where organisation_id = $1 and staff_number = '001'`,
    [organisation],
  );
  await send(by.browser, home, { membership: ids?.ada ?? '' });
  const link = await linkMailedTo('ada@example.org');
  const invited = await cleo();
  const member = await joined(organisation);
  return [
    ...(await roleScenes(by)),
    see('invitations', `${home}?done=invitation-made`),
    see('invitations-none', `/organisations/${await otherOrganisation()}/invitations`),
    seenBy(null)('invitation-visitor', link),
    seenBy(null)(
      'invitation-visitor-wrong',
      link,
      refused('/invitation/account', { name: '', password: 'short' }),
    ),
    seenBy(invited.browser)('invitation', link),
    seenBy(invited.browser)('invitation-wrong', link, refused('/invitation', { isMine: '' })),
    seenBy(member.browser)('invitation-member', link, page =>
      page
        .locator('#isMine')
        .check()
        .then(() => press(page)),
    ),
    seenBy(invited.browser)('invitation-no-link', '/invitation?token=none'),
    ...(await oldLinkScenes(by)),
    seenBy(null)('invitation-not-for-me', link.replace('?', '/not-for-me?')),
    see('person-invited', `/organisations/${organisation}/people/${ids?.ada}`),
    ...(await acceptedScenes(by)),
  ];
}

/** An invitation that ran out is renewed by its old link, and then turned down. */
async function oldLinkScenes(by: Person): Promise<Scene[]> {
  const organisation = await employer();
  const home = `/organisations/${organisation.id}/invitations`;
  for (const name of ['Gil Orr', 'Max Orr']) {
    const id = await memberIn(organisation, { name });
    await write(`update membership_people set email = 'orr@example.org' where membership_id = $1`, [id]);
  }
  const zoe = await memberIn(organisation, { name: 'Zoë Lindqvist' });
  await write(`update membership_people set email = 'late@example.org' where membership_id = $1`, [zoe]);
  await send(by.browser, home, { membership: zoe });
  const link = await linkMailedTo('late@example.org');
  await write('update invitations set expires_at = 1 where membership_id = $1', [zoe]);
  const visitor = seenBy(null);
  return [
    seenBy(by.browser)('invitations-shared', home),
    visitor('invitation-old', link),
    visitor('invitation-renewed', link, press),
    visitor('invitation-declined', link.replace('?', '/not-for-me?'), press),
  ];
}

/** Somebody who has accepted, and may have been somebody else. */
async function acceptedScenes(by: Person): Promise<Scene[]> {
  const organisation = await employer();
  const id = await memberIn(organisation, { name: 'Zoë Lindqvist' });
  await write(`update membership_people set email = 'zoe@example.org' where membership_id = $1`, [id]);
  await send(by.browser, `/organisations/${organisation.id}/invitations`, { membership: id });
  const account = await signedIn({ name: 'Zoë Lindqvist' });
  await account.browser.get(await linkMailedTo('zoe@example.org'));
  await account.browser.submit('/invitation', { isMine: 'yes' });
  const [person, see] = [`/organisations/${organisation.id}/people/${id}`, seenBy(by.browser)];
  return [
    see('person-accepted', person),
    see('person-account', `${person}/account`),
    see('person-account-wrong', `${person}/account`, refused(`${person}/account`, { sure: NONE })),
  ];
}

/** Somebody whose account belongs to the organisation already. */
async function joined(organisation: string): Promise<Person> {
  const somebody = await cleo();
  await write(`insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $1, $3)`, [
    somebody.id,
    organisation,
    Date.now(),
  ]);
  return somebody;
}

/** An invitation that brings a role: its form, the list, and its page. */
async function roleScenes(by: Person): Promise<Scene[]> {
  const organisation = await otherOrganisation();
  const unit = await unitIn(organisation);
  const home = `/organisations/${organisation}/invitations`;
  const form = `${home}/new`;
  const email = `zoe-${newId()}@example.org`;
  await by.browser.get(form);
  const last = { 'last-day': '31', 'last-month': '12', 'last-year': '2999' };
  await by.browser.submit(form, { name: 'Zoë Lindqvist', email, role: 'manager', unit, ...last });
  const see = seenBy(by.browser);
  return [
    see('invitation-new', form),
    see('invitation-new-wrong', form, refused(form, { name: '', email: 'zoe', role: 'administrator', unit })),
    see('invitations-with-role', home),
    seenBy(null)('invitation-with-role', await linkMailedTo(email)),
  ];
}
