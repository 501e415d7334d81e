import { formatDate } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { daysAfter, endOfDay } from '../../../../platform/lib/days.js';
import type { OpenRoom } from '../open-room.js';
import { calledIn, deciderIn } from '../room-names.js';
import { peopleNumbered } from '../sealing/room-people.js';
import { decisionsIn, type RoomDecision } from './decision-rows.js';

/** From the first moment of a room's period to now (epoch ms): what was decided about it later counts, too. */
export const sincePeriod = ({ room }: Pick<OpenRoom, 'room'>): number =>
  (endOfDay(daysAfter(room.fromDay, -1), room.timeZone) ?? 0) + 1;

/** Decisions about one person, or about everybody (null), the newest first: since the period began, or from a moment on and before another. */
export const decisionsOf = (
  { room }: Pick<OpenRoom, 'room'>,
  { number, courses, from = sincePeriod({ room }), before = Number.MAX_SAFE_INTEGER, limit = 200 }: Asked,
): Promise<RoomDecision[]> => {
  const { id: roomId, requirementIds } = room;
  return decisionsIn({ roomId, courses, requirementIds, number, from, before, limit });
};

interface Asked {
  readonly number: number | null;
  readonly courses: readonly string[];
  readonly from?: number;
  readonly before?: number;
  readonly limit?: number;
}

const ofCertificate = (reason: string) => spoken(`reason.${reason}`);
const ofExemption = (reason: string) => spoken(`exemptions.reason.${reason}`);

/** The words of the reasons of each kind of decision that has some. */
const REASONS: Partial<Record<RoomDecision['kind'], (reason: string) => string>> = {
  ...{ revoked: ofCertificate, suspended: ofCertificate, replaced: ofCertificate },
  ...{ waiver: ofExemption, extension: ofExemption, 'exemption-ended': ofExemption },
  'credit-voided': reason => spoken(`room.void.${reason}`),
  regraded: reason => spoken(`room.regraded.${reason}`),
};

/** A decision in words: what, why as a class, when, by whom. */
export function decisionRow({ room }: Pick<OpenRoom, 'room'>, each: RoomDecision) {
  const { kind, reason, decidedAt, actorId, actorName, sole } = each;
  return {
    kind,
    what: spoken(`room.decision.${kind}`),
    reason: reason === null ? null : (REASONS[kind]?.(reason) ?? null),
    when: formatDate(Number(decidedAt), hereIn(room.timeZone)),
    by: deciderIn(room, { id: actorId, name: actorName }),
    isSole: Number(sole) === 1,
  };
}

/** Decisions about several people in words: beside that, each says about whom. */
export async function decisionRowsNaming(
  { room, home }: Pick<OpenRoom, 'room' | 'home'>,
  decisions: readonly RoomDecision[],
) {
  const people = await peopleNumbered(room.id, [...new Set(decisions.map(({ number }) => number))]);
  const called = new Map(people.map(person => [person.number, calledIn(room, person)]));
  return decisions.map(each => ({
    ...decisionRow({ room }, each),
    person: {
      label: spoken('room.person', { number: each.number }),
      name: called.get(each.number)?.name ?? null,
      href: `${home}/people/${each.number}`,
    },
  }));
}
