import { ERASED_NAME } from '../../../people/accounts/account-data.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { listedName } from '../../../people/organisations/people/member-words.js';
import type { RoomMember } from './sealing/room-people.js';
import type { StoredRoom } from './stored-rooms.js';

type Named = Pick<StoredRoom, 'id' | 'shows'>;

const isErased = ({ name, accountName }: Pick<RoomMember, 'name' | 'accountName'>): boolean =>
  name === ERASED_NAME || accountName === ERASED_NAME;

/** What a room calls one of its people: by their number and, where it shows names, by name and staff number. */
export function calledIn({ shows }: Named, person: RoomMember) {
  const erased = isErased(person);
  const isNamed = shows === 'names' && !erased;
  return {
    number: person.number,
    label: spoken('room.person', { number: person.number }),
    name: isNamed ? listedName(person) : null,
    staffNumber: isNamed ? person.staffNumber : null,
    erased,
  };
}

/** What a room calls somebody who decided or certified something; null: the program. Without names, one sign for one person. */
export function deciderIn({ id, shows }: Named, actor: { id: string | null; name: string | null }): string {
  if (actor.id === null) return spoken('room.byProgram');
  if (shows === 'numbers')
    return spoken('room.decider', { sign: sha256(`${id} ${actor.id}`).slice(0, 6).toUpperCase() });
  return actor.name ?? spoken('room.byGone');
}
