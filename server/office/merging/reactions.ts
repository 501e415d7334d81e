import { maskedAddress } from '../../people/accounts/merged-accounts.js';
import { addressOf } from '../../people/accounts/people.js';
import { signLink } from '../../platform/lib/signed-links.js';
import { notice, type Mailing } from '../../people/mails/mail-reactions.js';
import { findOrganisation } from '../../people/organisations/memberships.js';
import { findMerge, UNDO_MERGE_DAYS } from './merges.js';
import { memberSide } from './sides.js';

/** Mails about two accounts, or two entries of an organisation, that were merged. Both mailboxes can undo it. */
export const mergingReactions = {
  'mail.account-kept': notice('account.merged', async (event, mailing) => {
    const { userId, closedId, mergeId } = event.payload;
    const address = await standing(mergeId, closedId);
    if (!address) return;
    await mailing.mail('account-kept', event, userId, { address, ...objection(mergeId, mailing) });
  }),
  'mail.account-closed': notice('account.merged', async (event, mailing) => {
    const { userId, closedId, mergeId } = event.payload;
    const address = await standing(mergeId, userId);
    if (!address) return;
    await mailing.mail('account-closed', event, closedId, { address, ...objection(mergeId, mailing) });
  }),
  'mail.entries-merged': notice('member.merged', async (event, mailing) => {
    const { mergeId, membershipId, keptId } = event.payload;
    const done = await findMerge(mergeId);
    const userId = (await memberSide(keptId ?? membershipId))?.userId;
    const organisation = await findOrganisation(event.organisationId ?? '');
    // If an account is closed, `account.merged` tells both mailboxes.
    if (!userId || !organisation || !done || done.closedUserId !== null || done.undoneAt !== null) return;
    const values = { organisation: organisation.name, ...objection(mergeId, mailing) };
    await mailing.mail('entries-merged', event, userId, values);
  }),
  'mail.account-reopened': notice('account.merge-undone', (event, { mail, baseUrl }) =>
    mail('account-reopened', event, event.payload.closedId, { link: `${baseUrl}/sign-in` }),
  ),
  'mail.merge-undone': notice('account.merge-undone', (event, { mail, baseUrl }) =>
    mail('merge-undone', event, event.payload.userId, { link: `${baseUrl}/sign-in` }),
  ),
};

const objection = (mergeId: string, { baseUrl, linkKey }: Mailing) => ({
  link: `${baseUrl}/merged?token=${signLink('merge', mergeId, linkKey)}`,
  days: UNDO_MERGE_DAYS,
});

/** The masked address of the other account, until the merge is undone. */
async function standing(mergeId: string, otherId: string): Promise<string | null> {
  const done = await findMerge(mergeId);
  const other = await addressOf(otherId);
  return done?.undoneAt === null && other ? maskedAddress(other.email) : null;
}
