import { insert } from '../../../platform/db/rows.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { dayOf } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import type { Rule } from '../requirement-rule.js';
import { Requirement, RequirementVersion } from '../tables.js';
import { knownFor } from './known-in-organisation.js';
import { ruleFault, type RuleFault } from './rule-faults.js';
import { versionsOf } from './stored-requirements.js';
import {
  newestVersion,
  standingVersions,
  undoableUntil,
  versionInForce,
  type StoredVersion,
} from './requirement-versions.js';

/** Whose requirements change, who changes them (null: the system), and when (epoch ms). */
export interface RequirementChange {
  readonly organisation: Pick<OrganisationFacts, 'id' | 'timeZone'>;
  readonly actorId: string | null;
  readonly now: number;
}

/** What is to be required from a day on. `requirementId` null: a new requirement. `after`: the newest version that its author saw (0: none). */
export interface NewVersion {
  readonly requirementId: string | null;
  readonly after: number;
  readonly title: string;
  readonly fromDay: string;
  readonly rule: Rule;
}

/** `overtaken`: somebody else has changed the requirement since. */
export type VersionOutcome =
  | { readonly kind: 'kept'; readonly requirementId: string; readonly versionId: string }
  | { readonly kind: 'refused'; readonly fault: RuleFault }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'unknown' };

/** Keep a new requirement, or a new version of one. Versions are only added. */
export function keepVersion(change: RequirementChange, asked: NewVersion): Promise<VersionOutcome> {
  return inTransaction(async () => {
    const { organisation, actorId, now } = change;
    await holdOrganisation(organisation.id);
    const before = asked.requirementId === null ? [] : await versionsOf(organisation.id, asked.requirementId);
    if (asked.requirementId !== null && before.length === 0) return { kind: 'unknown' };
    if (lastNumber(before) !== asked.after) return { kind: 'overtaken' };
    const fault = ruleFault(asked.rule, asked.fromDay, await knownFor(change, asked));
    if (fault) return { kind: 'refused', fault };
    const requirementId = asked.requirementId ?? newId();
    const own = { organisationId: organisation.id, actorId };
    if (before.length === 0) await insert(Requirement, { id: requirementId, ...own, createdAt: now });
    const { title, fromDay, rule } = asked;
    const versionId = await add(change, {
      requirementId,
      number: asked.after + 1,
      title,
      fromDay,
      rule,
      undoes: null,
    });
    const news = { requirementId, versionId, number: asked.after + 1, fromDay };
    await record('requirement.versioned', news, { ...own, now });
    return { kind: 'kept', requirementId, versionId };
  });
}

/** The number of the version that was recorded last; 0: there is none. */
export const lastNumber = (versions: readonly Pick<StoredVersion, 'number'>[]): number =>
  Math.max(0, ...versions.map(({ number }) => number));

/** `too-late`: its 24 hours are over, or something newer stands on it. */
export type UndoOutcome = 'undone' | 'too-late' | 'unknown';

/**
 * Take the newest version back, within 24 hours: from its first day on it is as if it had never been. A row is added that
 * says so; nothing is removed, and what was said meanwhile stays known.
 */
export function undoVersion(
  change: RequirementChange,
  versionId: string,
  requirementId: string,
): Promise<UndoOutcome> {
  return inTransaction(async () => {
    const { organisation, actorId, now } = change;
    await holdOrganisation(organisation.id);
    const versions = await versionsOf(organisation.id, requirementId);
    const newest = newestVersion(versions);
    if (!newest) return 'unknown';
    if (newest.id !== versionId || undoableUntil(versions, now) === null) return 'too-late';
    const number = lastNumber(versions) + 1;
    const { title, rule } = ruleAgain(versions, newest);
    const fromDay = laterOf(newest.fromDay, dayOf(now, organisation.timeZone));
    const undoing = await add(change, { requirementId, number, title, fromDay, rule, undoes: newest.id });
    const news = { requirementId, versionId: undoing, number, fromDay, undoneId: newest.id };
    await record('requirement.undone', news, { organisationId: organisation.id, actorId, now });
    return 'undone';
  });
}

/** What is said again once a version is gone; where nothing was said before, that nothing is required. */
function ruleAgain(versions: readonly StoredVersion[], { id, fromDay, title, rule }: StoredVersion) {
  const others = standingVersions(versions).filter(each => each.id !== id);
  return versionInForce(others, fromDay) ?? { title, rule: { ...rule, inForce: false } };
}

const laterOf = (one: string, other: string): string => (one > other ? one : other);

async function add(
  { organisation, actorId, now }: RequirementChange,
  {
    rule,
    ...version
  }: Omit<NewVersion, 'requirementId' | 'after'> & Pick<StoredVersion, 'requirementId' | 'number' | 'undoes'>,
): Promise<string> {
  const id = newId();
  const by = { organisationId: organisation.id, recordedAt: now, actorId };
  await insert(RequirementVersion, { id, ...version, rule: JSON.stringify(rule), ...by });
  return id;
}
