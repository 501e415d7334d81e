import { NotFound } from '../../../errors.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { authorise, can, signedIn, type Actor } from '../../../policy.js';
import { roomState, type RoomState } from './room-state.js';
import { findRoom, type StoredRoom } from './stored-rooms.js';

/** A room, as somebody may read in it. */
export interface OpenRoom {
  readonly actor: Actor;
  readonly room: StoredRoom;
  readonly state: RoomState;
  readonly today: string;
  readonly now: number;
  /** Who keeps the organisation looks at it as the auditor does: nothing is written down. */
  readonly isPreview: boolean;
  readonly home: string;
}

/** A room that is closed to its auditor, and how it stands: one that is open is closed to an auditor who has come to belong to the organisation. */
export interface ClosedRoom {
  readonly room: StoredRoom;
  readonly state: RoomState;
}

/** The address of a room, for its auditor. */
export const roomHome = (roomId: string): string => `/rooms/${roomId}`;

/** The address of a room, for those who keep the organisation. */
export const keptHome = ({ organisationId, id }: Pick<StoredRoom, 'organisationId' | 'id'>): string =>
  `/organisations/${organisationId}/evidence/rooms/${id}`;

/** A room as the policy asks for it. */
export const asThing = ({ organisationId, organisationKind, auditorId }: StoredRoom, state: RoomState) => ({
  organisationId,
  organisationKind,
  auditorId,
  isOpen: state === 'open',
});

/**
 * The room with this id, for its auditor and those who keep the organisation. `closed`: the reader is its auditor, and it is
 * closed to them. Throws `NotFound` to everybody else, and where its list is not made yet; `SignInNeeded` to visitors.
 */
export async function openRoomOf(
  reader: Actor | null,
  id: unknown,
  now: number,
): Promise<{ open: OpenRoom; closed: null } | { open: null; closed: ClosedRoom }> {
  const actor = signedIn(reader);
  const room = isId(id) ? await findRoom(id) : null;
  if (!room) throw new NotFound();
  const today = dayOf(now, room.timeZone);
  const state = roomState(room, today);
  const thing = asThing(room, state);
  if (room.auditorId === actor.id && !can(actor, 'room.read', thing))
    return { open: null, closed: { room, state } };
  authorise(actor, 'room.read', thing);
  if (room.listSha256 === null) throw new NotFound();
  const isPreview = !can(actor, 'room.ask', thing);
  return { open: { actor, room, state, today, now, isPreview, home: roomHome(room.id) }, closed: null };
}
