import type { Rule } from '../requirement-rule.js';
import { versionOn } from '../timeline/versions.js';

/** A version of a requirement as it is stored. `actorName` null: the program, or somebody who is gone. */
export interface StoredVersion {
  readonly id: string;
  readonly requirementId: string;
  readonly number: number;
  readonly title: string;
  readonly fromDay: string;
  readonly rule: Rule;
  readonly undoes: string | null;
  readonly recordedAt: number;
  readonly actorId: string | null;
  readonly actorName: string | null;
}

type Numbered = Pick<StoredVersion, 'id' | 'number' | 'fromDay' | 'undoes'>;

/** The versions that still say something: what was undone does not, and what undid it says nothing of its own. */
export function standingVersions<V extends { readonly id: string; readonly undoes?: string | null }>(
  versions: readonly V[],
): V[] {
  const undone = new Set(versions.map(({ undoes }) => undoes ?? null));
  return versions.filter(({ id, undoes }) => !undoes && !undone.has(id));
}

/** The version in force on a day, of all that were ever recorded; null: none is. */
export const versionInForce = <V extends Numbered>(versions: readonly V[], day: string): V | null =>
  versionOn(standingVersions(versions), day);

/** The version that was recorded last and still stands; null: all were undone. */
export const newestVersion = <V extends Numbered>(versions: readonly V[]): V | null =>
  latest(standingVersions(versions));

const latest = <V extends Numbered>(versions: readonly V[]): V | null =>
  versions.reduce<V | null>((found, each) => (found && found.number > each.number ? found : each), null);

/** For how long a version can be undone (ms). */
const UNDO_TIME = 24 * 3_600_000;

/** Until when (epoch ms) the newest version can be undone; null: nothing can be, or not any more. */
export function undoableUntil(versions: readonly StoredVersion[], now: number): number | null {
  const newest = newestVersion(versions);
  const last = Math.max(0, ...versions.map(({ number }) => number));
  if (!newest || newest.number !== last) return null;
  const until = newest.recordedAt + UNDO_TIME;
  return now < until ? until : null;
}
