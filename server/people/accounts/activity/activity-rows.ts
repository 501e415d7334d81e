import type { SessionOfPerson } from '../../../platform/http/security/sessions.js';
import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { deviceWords } from './device-words.js';

/** The session whose reader this is, the keyed hash of their network, and how moments are written. */
export interface ActivityReading {
  readonly sessionId: string;
  readonly network: string;
  readonly place: Place;
}

/** Names one of a person's sessions in a form: it opens nothing, and is not what the table holds. */
export const sessionMark = (idHash: string): string => sha256(`session ${idHash}`).slice(0, 20);

/** A person's open sessions for their page, newest first. */
export const sessionRows = (
  open: readonly SessionOfPerson[],
  { sessionId, network, place }: ActivityReading,
) =>
  open.map(session => ({
    mark: sessionMark(session.idHash),
    device: deviceWords(session),
    kind: kindOf(session),
    where: whereWords(session.network, network),
    began: formatMoment(Number(session.createdAt), place),
    used: formatMoment(Number(session.touchedAt), place),
    isCurrent: session.idHash === sha256(sessionId),
  }));

const kindOf = ({ entry, scope }: SessionOfPerson): string | null =>
  scope !== null ? spoken('devices.oneCourse') : entry !== null ? spoken('devices.shared') : null;

const whereWords = (network: string | null, own: string): string =>
  network === null
    ? spoken('devices.network.unknown')
    : network === own
      ? spoken('devices.network.same')
      : spoken('devices.network.other');

interface SignedIn {
  readonly at: number;
  readonly browser: string;
  readonly system: string;
  readonly network: string;
  readonly isNew: boolean | 0 | 1;
}

interface Counted {
  readonly kind: string;
  readonly network: string;
  readonly times: number;
  readonly lastAt: number;
}

/** Sign-ins and refused ones together, newest first. */
export function historyRows(
  signIns: readonly SignedIn[],
  refused: readonly Counted[],
  { network, place }: Omit<ActivityReading, 'sessionId'>,
) {
  const entered = signIns.map(one => ({
    at: Number(one.at),
    isRefused: false,
    text: deviceWords(one),
    where: whereWords(one.network, network),
    isNew: Boolean(one.isNew),
  }));
  const turnedAway = refused
    .filter(({ kind }) => kind === 'sign-in')
    .map(one => ({
      at: Number(one.lastAt),
      isRefused: true,
      text: spoken('signInHistory.refused', { count: one.times }),
      where: whereWords(one.network, network),
      isNew: false,
    }));
  return [...entered, ...turnedAway]
    .sort((one, other) => other.at - one.at)
    .map(({ at, ...rest }) => ({ ...rest, when: formatMoment(at, place) }));
}
