import { formatDate } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { deciderIn } from '../room-names.js';
import type { StoredRoom } from '../stored-rooms.js';
import type { CreditOfMember } from './learned-rows.js';

/** Who stands behind a credit: who entered it and when and, of a classroom session, the instructor who certifies it. */
export function certifierText(room: StoredRoom, credit: CreditOfMember): string {
  const { actorId, actorName, recordedAt, source } = credit;
  const on = formatDate(Number(recordedAt), hereIn(room.timeZone));
  if (actorId === null && credit.place === null) return spoken(`room.history.automatic.${source}`, { on });
  const entered = { on, name: deciderIn(room, { id: actorId, name: actorName }) };
  return credit.place === null
    ? spoken('room.history.entered', entered)
    : spoken('room.history.certified', { ...entered, instructor: instructorIn(room, credit) });
}

/** A visiting instructor is identified by the licence; the name stands before it where the room shows names. */
function instructorIn(room: StoredRoom, credit: CreditOfMember): string {
  const { instructorId, instructorName, visitorName, visitorLicence } = credit;
  if (instructorId !== null) return deciderIn(room, { id: instructorId, name: instructorName });
  const licence = visitorLicence ?? '';
  return room.shows === 'names'
    ? spoken('classroom.visitor', { name: visitorName ?? '', licence })
    : spoken('room.visitor', { licence });
}

/** Where a classroom session was and for how long; null: the credit rests on none. */
export function sessionText({ place, minutes, controlNumber }: CreditOfMember): string | null {
  if (place === null || minutes === null) return null;
  const where = spoken('room.taught', { place, count: minutes });
  return controlNumber === null
    ? where
    : `${where} ${spoken('room.controlNumber', { number: controlNumber })}`;
}
