import type { RecordedEvent } from '../events/event-payloads.js';
import type { Reactions } from '../events/choreography.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn } from '../i18n/spoken.js';
import { daysAfter } from '../lib/days.js';
import { linkToken } from '../lib/tokens.js';
import { keptHome, roomHome } from '../reports/rooms/open-room.js';
import { answerersOf } from '../reports/rooms/requests/who-answers.js';
import { findRoom, type StoredRoom } from '../reports/rooms/stored-rooms.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about auditors' rooms. What is asked and answered stands in none of them. */
export function roomMails(deps: ReactionDeps) {
  const { baseUrl, linkKey, clock } = deps;
  const { mail, mailAll, mailTo } = mailsWith(deps);
  const last = ({ untilDay }: StoredRoom) => formatDate(Date.parse(daysAfter(untilDay, -1)), hereIn('UTC'));
  const invite = async (event: RecordedEvent<'room.opened' | 'room.invited-again'>) => {
    const room = await findRoom(event.payload.roomId);
    if (!room || room.endedAt !== null || room.email === '') return;
    const link = `${baseUrl}/room-link?token=${linkToken(linkKey, room.id)}`;
    await mailTo(room.email, 'room-opened', event, {
      ...{ organisation: room.organisation, title: room.title, keeper: room.keeper, last: last(room) },
      link,
    });
  };
  return {
    'mail.room-opened': invite,
    'mail.room-invited-again': invite,
    'mail.room-asked': async event => {
      const room = await findRoom(event.payload.roomId);
      if (!room) return;
      const values = { title: room.title, last: last(room), link: `${baseUrl}${keptHome(room)}` };
      await mailAll('room-asked', event, await answerersOf(room, clock()), values);
    },
    'mail.room-answered': async event => {
      const room = await findRoom(event.payload.roomId);
      if (!room?.auditorId) return;
      const { organisation, title } = room;
      const link = `${baseUrl}${roomHome(room.id)}/requests`;
      await mail('room-answered', event, room.auditorId, { organisation, title, link });
    },
  } satisfies Partial<Reactions>;
}
