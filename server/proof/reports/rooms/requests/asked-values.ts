import { formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { roomHome } from '../open-room.js';
import { deciderIn } from '../room-names.js';
import type { StoredRoom } from '../stored-rooms.js';
import type { StoredRequest } from './room-requests.js';

const stateOf = ({ answeredAt, closedAt }: StoredRequest): 'open' | 'answered' | 'closed' =>
  closedAt !== null ? 'closed' : answeredAt !== null ? 'answered' : 'open';

/** A request in words: what was asked, when, about whom, its state and the answer. */
export function askedValues(room: StoredRoom, request: StoredRequest) {
  const { id, number, asks, askedAt, answer, answeredAt, answeredBy, answeredByName } = request;
  const place = hereIn(room.timeZone);
  const state = stateOf(request);
  return {
    ...{ id, asks, answer, state },
    stateText: spoken(`room.request.state.${state}`),
    asked: formatMoment(Number(askedAt), place),
    person:
      number === null
        ? null
        : { text: spoken('room.person', { number }), href: `${roomHome(room.id)}/people/${number}` },
    answered:
      answeredAt === null
        ? null
        : spoken('room.request.answeredBy', {
            name: deciderIn(room, { id: answeredBy, name: answeredByName }),
            on: formatMoment(Number(answeredAt), place),
          }),
  };
}
