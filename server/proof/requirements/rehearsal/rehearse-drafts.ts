import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import {
  keepVersion,
  lastNumber,
  type RequirementChange,
  type VersionOutcome,
} from '../rules/keep-requirements.js';
import type { StoredVersion } from '../rules/requirement-versions.js';
import {
  draftById,
  findDraft,
  keepDraft,
  keepOutcome,
  moveDraft,
  noteProgress,
  type DraftFacts,
  type NewDraft,
} from './requirement-drafts.js';
import { concernedBy, rehearse } from './rehearse.js';

/**
 * Keep what was composed as the next version of a requirement (or, without one, a new requirement) and rehearse it. Returns the
 * draft's id.
 */
export async function rehearseNext(
  { requirementId, versions }: { requirementId: string | null; versions: readonly StoredVersion[] },
  composed: Pick<NewDraft, 'title' | 'rule' | 'fromDay'>,
  change: RequirementChange & { readonly actorId: string },
): Promise<string> {
  const organisationId = change.organisation.id;
  const asked = { organisationId, requirementId, afterNumber: lastNumber(versions) };
  const draftId = await keepDraft({ ...asked, ...composed }, change);
  const draft = await findDraft(organisationId, draftId);
  if (draft) await beginRehearsal(draft, change);
  return draftId;
}

/** Up to so many people a draft is reckoned while its author waits. */
const AT_ONCE = 2_000;

/**
 * Reckon what a draft would do: at once, or in the background where it concerns more than `atOnce` people. Returns whether it is
 * done.
 */
export async function beginRehearsal(
  draft: DraftFacts,
  change: RequirementChange,
  atOnce = AT_ONCE,
): Promise<boolean> {
  const people = await concernedBy(draft, change.organisation, change.now);
  await noteProgress(draft.id, 0, people.length);
  if (people.length > atOnce) {
    await inTransaction(() => ask(draft, change));
    return false;
  }
  await keepOutcome(draft.id, await rehearse(draft, { ...change, people }), null);
  return true;
}

const ask = ({ id }: DraftFacts, { organisation, actorId, now }: RequirementChange): Promise<void> =>
  record('requirement.rehearsal-asked', { draftId: id }, { organisationId: organisation.id, actorId, now });

/** `under-way`: it is reckoned again in the background first. `changed`: it would do something else by now. */
export type ConfirmedDraft =
  | { readonly kind: 'under-way' | 'changed' }
  | { readonly kind: 'kept'; readonly requirementId: string }
  | Exclude<VersionOutcome, { readonly kind: 'kept' }>;

/**
 * Confirm a draft as it was rehearsed; `seen` is the digest of the rehearsal that was looked at. It is reckoned again first:
 * where anything else comes out, that is shown and asked again, and nothing is kept.
 */
export async function confirmDraft(
  draft: DraftFacts,
  seen: string,
  change: RequirementChange,
  atOnce = AT_ONCE,
): Promise<ConfirmedDraft> {
  if (draft.state === 'confirming') return { kind: 'under-way' };
  if (draft.state !== 'rehearsed' || draft.digest !== seen) return { kind: 'changed' };
  if (draft.people <= atOnce) return keepIfSame(draft, change);
  await inTransaction(async () => {
    await moveDraft(draft.id, 'confirming', null);
    await ask(draft, change);
  });
  return { kind: 'under-way' };
}

async function keepIfSame(draft: DraftFacts, change: RequirementChange): Promise<ConfirmedDraft> {
  const people = await concernedBy(draft, change.organisation, change.now);
  const onBatch = (done: number) =>
    people.length > AT_ONCE ? noteProgress(draft.id, done, people.length) : Promise.resolve();
  const again = await rehearse(draft, { ...change, people }, onBatch);
  if (again.digest !== draft.digest) {
    await keepOutcome(draft.id, again, draft.outcome);
    return { kind: 'changed' };
  }
  return keep(draft, change);
}

const keep = (draft: DraftFacts, change: RequirementChange): Promise<ConfirmedDraft> =>
  inTransaction(async () => {
    const outcome = await keepVersion(change, { ...draft, after: draft.afterNumber });
    const kept = outcome.kind === 'kept' ? outcome.requirementId : null;
    await moveDraft(draft.id, kept === null ? 'refused' : 'kept', kept);
    return outcome;
  });

/** The work in the background: the first rehearsal of a draft, or the one before it is kept. Twice is once. */
export async function rehearseInBackground(
  draftId: string,
  actorId: string | null,
  now: number,
): Promise<void> {
  const draft = await draftById(draftId);
  const organisation = draft && (await findOrganisation(draft.organisationId));
  if (!draft || !organisation) return;
  const change = { organisation, actorId, now };
  if (draft.state === 'confirming') return void (await keepIfSame(draft, change));
  if (draft.state !== 'rehearsing') return;
  const people = await concernedBy(draft, organisation, now);
  const outcome = await rehearse(draft, { organisation, people, now }, done =>
    noteProgress(draftId, done, people.length),
  );
  await keepOutcome(draftId, outcome, null);
}
