import type { RecordedEvent } from '../../../platform/events/event-payloads.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { linkToken } from '../../../platform/lib/tokens.js';
import { notice, type Mailing } from '../../../people/mails/mail-reactions.js';
import { keptHome, roomHome } from './open-room.js';
import { answerersOf } from './requests/who-answers.js';
import { findRoom, type StoredRoom } from './stored-rooms.js';

/** Mails about auditors' rooms. None of them quotes a question or an answer. */
export const roomReactions = {
  'mail.room-opened': notice('room.opened', inviteAuditor),
  'mail.room-invited-again': notice('room.invited-again', inviteAuditor),
  'mail.room-asked': notice('room.asked', async (event, { mailAll, clock, baseUrl }) => {
    const room = await findRoom(event.payload.roomId);
    if (!room) return;
    const values = { title: room.title, last: lastDay(room), link: `${baseUrl}${keptHome(room)}` };
    await mailAll('room-asked', event, await answerersOf(room, clock()), values);
  }),
  'mail.room-answered': notice('room.answered', async (event, { mail, baseUrl }) => {
    const room = await findRoom(event.payload.roomId);
    if (!room?.auditorId) return;
    const { organisation, title } = room;
    const link = `${baseUrl}${roomHome(room.id)}/requests`;
    await mail('room-answered', event, room.auditorId, { organisation, title, link });
  }),
};

async function inviteAuditor(
  event: RecordedEvent<'room.opened' | 'room.invited-again'>,
  { sendTo, baseUrl, linkKey }: Mailing,
): Promise<void> {
  const room = await findRoom(event.payload.roomId);
  if (!room || room.endedAt !== null || room.email === '') return;
  const { organisation, title, keeper } = room;
  const link = `${baseUrl}/room-link?token=${linkToken(linkKey, room.id)}`;
  const values = { organisation, title, keeper, last: lastDay(room), link };
  await sendTo(room.email, 'room-opened', { key: `room-opened:${event.id}`, values, isToOffice: true });
}

const lastDay = ({ untilDay }: StoredRoom): string =>
  formatDate(Date.parse(daysAfter(untilDay, -1)), hereIn('UTC'));
