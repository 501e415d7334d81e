import { goesOnIn, maskedAddress } from '../accounts/merged-accounts.js';
import { addressOf } from '../accounts/people.js';
import type { Reactions } from '../events/choreography.js';
import { signLink } from '../lib/signed-links.js';
import { findMerge, UNDO_MERGE_DAYS } from '../merging/merges.js';
import { memberSide } from '../merging/sides.js';
import { findOrganisation } from '../organisations/memberships.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about two accounts, or two entries of an organisation, that were merged. Both mailboxes can undo it. */
export function mergeMails(deps: ReactionDeps) {
  const { baseUrl, linkKey } = deps;
  const { mail } = mailsWith(deps);
  const objection = (mergeId: string) => ({
    link: `${baseUrl}/merged?token=${signLink('merge', mergeId, linkKey)}`,
    days: UNDO_MERGE_DAYS,
  });
  return {
    'mail.account-kept': async event => {
      const { userId, closedId, mergeId } = event.payload;
      const other = await standing(mergeId, closedId);
      if (!other) return;
      await mail('account-kept', event, userId, { address: other, ...objection(mergeId) });
    },
    'mail.account-closed': async event => {
      const { userId, closedId, mergeId } = event.payload;
      const other = await standing(mergeId, userId);
      if (!other) return;
      await mail('account-closed', event, closedId, { address: other, ...objection(mergeId) });
    },
    // Where an account is closed, its two mailboxes are told of that.
    'mail.entries-merged': async event => {
      const { mergeId, membershipId, keptId } = event.payload;
      const done = await findMerge(mergeId);
      const userId = (await memberSide(keptId ?? membershipId))?.userId;
      const organisation = await findOrganisation(event.organisationId ?? '');
      if (!userId || !organisation || !done || done.closedUserId !== null || done.undoneAt !== null) return;
      await mail('entries-merged', event, userId, { organisation: organisation.name, ...objection(mergeId) });
    },
    'mail.account-reopened': event =>
      mail('account-reopened', event, event.payload.closedId, { link: `${baseUrl}/sign-in` }),
    'mail.merge-undone': event =>
      mail('merge-undone', event, event.payload.userId, { link: `${baseUrl}/sign-in` }),
    'mail.former-address': async event => {
      const kept = await goesOnIn(event.payload.userId);
      if (!kept) return;
      const values = { address: maskedAddress(kept.email), link: `${baseUrl}/sign-in` };
      await mail('former-address', event, event.payload.userId, values);
    },
  } satisfies Partial<Reactions>;
}

/** The masked address of the other account, as long as the merge stands. */
async function standing(mergeId: string, otherId: string): Promise<string | null> {
  const done = await findMerge(mergeId);
  const other = await addressOf(otherId);
  return done?.undoneAt === null && other ? maskedAddress(other.email) : null;
}
