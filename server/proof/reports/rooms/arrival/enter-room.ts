import { hashPassword } from '../../../../people/accounts/sign-in/passwords.js';
import { signUpByLink } from '../../../../people/accounts/sign-up/registration.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { roomState } from '../room-state.js';
import { roomOfLink, type StoredRoom } from '../stored-rooms.js';
import { enterRoom } from '../sealing/make-room.js';

/** The open room of a mailed link, or null: it was ended, is over, or never was. */
export async function openRoomOfLink(token: string, now: number): Promise<StoredRoom | null> {
  const room = await roomOfLink(token);
  return room && roomState(room, dayOf(now, room.timeZone)) === 'open' ? room : null;
}

/** How coming by a link ended. `taken`: its address has an account, whose owner signs in. */
export type Arrived =
  { readonly kind: 'arrived'; readonly userId: string } | { readonly kind: 'taken' | 'no-room' };

/** Make an account for the address of a room, which the link proves, and make it the room's auditor. Both are done, or nothing is. */
export async function arriveByLink(
  { token, name, password }: { token: string; name: string; password: string },
  now: number,
): Promise<Arrived> {
  // Only whoever holds a link that works makes this server work for a hash.
  if (!(await openRoomOfLink(token, now))) return { kind: 'no-room' };
  const passwordHash = await hashPassword(password);
  return inTransaction(async () => {
    const room = await openRoomOfLink(token, now);
    if (!room || room.auditorId !== null) return { kind: 'no-room' };
    const userId = await signUpByLink({ name, email: room.email, passwordHash }, now);
    if (!userId) return { kind: 'taken' };
    await enterRoom(room.id, { userId, now });
    return { kind: 'arrived', userId };
  });
}
