import { currentCourse } from '../../../../../server/teaching/courses/catalogue.js';
import { person, signedIn } from '../../../../support/people.js';
import { memberOf } from '../../../../support/organisations.js';
import { send } from '../../../../support/pages.js';
import { otherOrganisation, appoint } from '../../../../support/roles.js';
import { row, write } from '../../../../support/rows.js';
import { browserOf } from '../../../../support/session.js';
import { linkMailedTo } from '../../../../people/accounts/mails.js';
import {
  audited,
  certified,
  countedForTwoYears,
  decidedAndExported,
  numberOf,
  office,
  roomMade,
  roomOpened,
  someAuditor,
  type Office,
} from '../../../../proof/reports/rooms/of-rooms.js';
import { reckoned, required, YEARLY } from '../../../../proof/reports/reckoned.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

/** Rooms of auditors in each state, as those who keep the organisation see them, and from inside. */
export async function roomScenes(): Promise<Scene[]> {
  const { office: of, roomId, room, auditor } = await audited();
  const { browser } = of.keeper;
  const [see, inside] = [seenBy(browser), seenBy(auditor)];
  const kept = `${of.home}/${roomId}`;
  await certified(of, 'Ada Marlow');
  await countedForTwoYears(of);
  const number = await numberOf(roomId, of.people['Ada Marlow']);
  await decidedAndExported(of);
  await auditor.get(`${room}/requests`);
  for (const asks of ['The sign-in sheet of 3 May, please.', 'Who taught the class in Lyon?'])
    await send(auditor, `${room}/requests`, { asks, person: String(number) });
  const [open = '', closed = ''] = await idsOf(roomId);
  await send(browser, `${kept}/requests/${closed}/answer`, { answer: 'It hangs in room 4.' });
  const ready = await roomMade(of, { title: 'Looked at first', shows: 'numbers' });
  const wrong = { title: '', email: 'emre' };
  const version = (await currentCourse('airline-and-transport'))?.versionId ?? '';
  return [
    see('rooms', of.home),
    see('rooms-none', `/organisations/${await emptyOf(of.keeper)}/evidence/rooms`),
    see('room-new', `${of.home}/new`),
    see('room-new-wrong', `${of.home}/new`, refused(`${of.home}/new`, wrong)),
    see('room-new-nothing', `/organisations/${await emptyOf(of.keeper)}/evidence/rooms/new`),
    see('room-ready', `${of.home}/${ready}`),
    see('room-listing', `${of.home}/${await withFile(of, 'making')}`),
    see('room-failed', `${of.home}/${await withFile(of, 'failed')}`),
    see('room-preview', `/rooms/${ready}`),
    see('room-people-several', `/rooms/${await withSeveral(of)}/people`),
    see('room-kept', `${kept}?done=room-opened`),
    see('room-answer-wrong', kept, refused(`${kept}/requests/${open}/answer`, { answer: '' })),
    see('room-end-wrong', kept, async page => {
      await page.locator('details.fold > summary').last().click();
      await refused(`${kept}/end`)(page);
    }),
    inside('room-own', '/rooms'),
    inside('room-account', '/account'),
    inside('room-overview', room),
    inside('room-overview-other-day', `${room}?on=${of.ago(300)}&known=${of.ago(0)}`),
    inside('room-day', `${room}/day`),
    inside(
      'room-day-wrong',
      `${room}/day?on-day=1&on-month=1&on-year=1999&known-day=&known-month=&known-year=`,
    ),
    inside('room-people', `${room}/people`),
    inside('room-people-overdue', `${room}/people?shown=overdue`),
    inside('room-people-none', `${room}/people?query=nobody`),
    inside('room-person', `${room}/people/${number}`),
    inside('room-person-other-end', `${room}/people/${number}?known=${of.ago(0)}`),
    inside('room-sample', `${room}/sample`),
    inside('room-sample-drawn', `${room}/sample?seed=tide&size=2`),
    inside('room-sample-wrong', `${room}/sample?seed=&size=none`),
    inside('room-changes', `${room}/changes`),
    inside('room-changes-between', `${room}/changes?${days(of.ago(90), of.ago(0))}`),
    inside('room-changes-wrong', `${room}/changes?${days(of.ago(0), of.ago(90))}`),
    inside('room-requests', `${room}/requests?done=room-asked`),
    inside(
      'room-requests-wrong',
      `${room}/requests`,
      refused(`${room}/requests`, { asks: '', person: '99' }),
    ),
    inside('room-log', `${room}/log`),
    inside('room-course', `${room}/courses/${version}`),
    ...(await arrivalScenes()),
    ...(await closedScenes()),
  ];
}

const days = (from: string, to: string): string =>
  Object.entries({ from, to })
    .map(([name, day]) => {
      const [year, month, date] = day.split('-');
      return `${name}-day=${date}&${name}-month=${month}&${name}-year=${year}`;
    })
    .join('&');

const idsOf = async (roomId: string): Promise<string[]> => {
  const found = await write('select id from auditor_room_requests where room_id = $1 order by asked_at', [
    roomId,
  ]);
  return (found as { id: string }[]).map(({ id }) => id);
};

/** A room about two requirements, of which one has a long name. */
async function withSeveral(of: Office): Promise<string> {
  const title = 'Cabin crew, before the summer season of flights';
  const also = await required(of.organisation, { title, fromDay: of.ago(300), rule: YEARLY });
  await reckoned(of.organisation);
  return roomMade(of, { title: 'Two requirements', requirements: [of.requirementId, also] });
}

/** A room whose list is in a state. */
async function withFile(of: Office, state: string): Promise<string> {
  const id = await roomMade(of, { title: `List ${state}` });
  await write(
    `update sealed_files set state = $2, done = 120, total = 500, sha256 = null where id = (select file_id from auditor_rooms where id = $1)`,
    [id, state],
  );
  return id;
}

/** An organisation with nothing in it, which somebody administers. */
async function emptyOf(keeper: Parameters<typeof appoint>[0]): Promise<string> {
  const id = await otherOrganisation();
  await appoint(keeper, 'administrator', id);
  return id;
}

/** The page of the mailed link, as whoever opens it sees it. */
async function arrivalScenes(): Promise<Scene[]> {
  const of = await office();
  const somebody = await person();
  const [fresh, known] = [someAuditor(), somebody.email];
  const links: string[] = [];
  for (const email of [fresh, known]) {
    await roomOpened(of, await roomMade(of, { email }));
    links.push(await linkMailedTo(email));
  }
  const [link = '', ofKnown = ''] = links;
  const see = seenBy(null);
  return [
    see('room-arrival', link),
    see('room-arrival-wrong', link, refused('/room-link/account', { name: '', password: 'short' })),
    see('room-arrival-known', ofKnown),
    seenBy(await browserOf(somebody.id))('room-arrival-signed-in', ofKnown),
    seenBy((await signedIn()).browser)('room-arrival-other', link),
    seenBy(of.keeper.browser)('room-arrival-insider', link),
    see('room-no-link', '/room-link?token=none'),
  ];
}

/** Rooms that are over, and one whose auditor works there by now. */
async function closedScenes(): Promise<Scene[]> {
  const [over, hired] = [await audited(), await audited()];
  await write('update auditor_rooms set until_day = $2 where id = $1', [over.roomId, over.office.ago(0)]);
  const { auditor_id: id = '' } =
    (await row<{ auditor_id: string }>('select auditor_id from auditor_rooms where id = $1', [
      hired.roomId,
    ])) ?? {};
  await memberOf({ id }, hired.office.organisation.id);
  return [
    seenBy(over.auditor)('room-closed', over.room),
    seenBy(over.office.keeper.browser)('room-over', `${over.office.home}/${over.roomId}`),
    seenBy(hired.auditor)('room-closed-hired', hired.room),
    seenBy((await signedIn()).browser)('room-own-none', '/rooms'),
  ];
}
