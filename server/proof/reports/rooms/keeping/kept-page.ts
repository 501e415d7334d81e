import { formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../../platform/lib/days.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { keptHome, roomHome } from '../open-room.js';
import { readingValues } from '../reading-values.js';
import { askedValues } from '../requests/asked-values.js';
import { requestsIn } from '../requests/room-requests.js';
import { roomState } from '../room-state.js';
import type { StoredRoom } from '../stored-rooms.js';

const lastDay = ({ untilDay }: StoredRoom): string => dayWords(daysAfter(untilDay, -1));

/** The rooms of an organisation, as its list shows them. */
export const roomRows = (rooms: readonly StoredRoom[], today: string) =>
  rooms.map(room => {
    const state = roomState(room, today);
    return {
      ...{ title: room.title, email: room.email, href: keptHome(room), state },
      stateText: spoken(`room.state.${state}`),
      until: spoken('room.until', { last: lastDay(room) }),
    };
  });

/** A room as those who keep the organisation see it: what it shows, how far it is, what was asked and what was read. */
export async function keptPage(
  room: StoredRoom,
  { today, before, answers }: { today: string; before: number; answers: Readonly<Record<string, string>> },
) {
  const [state, home] = [roomState(room, today), keptHome(room)];
  const { organisationId } = room;
  const { by, readings, next } = await readingValues(room, { before, here: home });
  return {
    ...{
      title: room.title,
      state,
      by,
      readings,
      next,
      back: `/organisations/${organisationId}/evidence/rooms`,
    },
    stateText: spoken(`room.state.${state}`),
    stateMeans: spoken(`room.stateMeans.${state}`, { address: room.email, last: lastDay(room) }),
    facts: factsOf(room),
    listing: {
      done: room.done,
      all: Math.max(room.total, 1),
      href: home,
      text: spoken('room.listing', { count: room.done }),
    },
    preview: room.listSha256 === null ? null : roomHome(room.id),
    opening: state === 'ready' ? `${home}/opening` : null,
    invitation: state === 'open' ? `${home}/invitation` : null,
    end: state === 'ended' || state === 'over' ? null : `${home}/end`,
    again: state === 'failed' ? `/organisations/${organisationId}/evidence/rooms/new` : null,
    requests: (await requestsIn(room.id)).map(each => ({
      ...askedValues(room, each),
      typed: answers[each.id] ?? '',
      answering: `${home}/requests/${each.id}/answer`,
      closing: `${home}/requests/${each.id}/closing`,
    })),
  };
}

function factsOf(room: StoredRoom) {
  const place = hereIn(room.timeZone);
  const arrived =
    room.enteredAt === null
      ? spoken('room.notYetThere')
      : spoken('room.there', { name: room.auditor ?? '', on: formatMoment(Number(room.enteredAt), place) });
  const period = { from: dayWords(room.fromDay), last: dayWords(room.lastDay) };
  return [
    { label: spoken('room.fact.auditor'), value: room.email },
    { label: spoken('room.fact.arrived'), value: arrived },
    { label: spoken('room.fact.period'), value: spoken('room.period', period) },
    { label: spoken('room.fact.shows'), value: spoken(`room.shows.${room.shows}`) },
    {
      label: spoken('room.fact.scores'),
      value: spoken(`room.scores.${room.withScores ? 'exact' : 'bands'}`),
    },
    { label: spoken('room.fact.until'), value: lastDay(room) },
    ...(room.listSha256 === null
      ? []
      : [
          { label: spoken('room.fact.people'), value: spoken('reports.count', { people: room.people ?? 0 }) },
          { label: spoken('room.fact.sealed'), value: formatMoment(Number(room.knownAt), place) },
          { label: spoken('room.fact.hash'), value: room.listSha256, code: true },
        ]),
  ];
}
