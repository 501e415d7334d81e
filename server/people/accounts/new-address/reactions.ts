import { signLink } from '../../../platform/lib/signed-links.js';
import { awaitedMail, type Mailing } from '../../mails/mail-reactions.js';
import { hasAddress } from '../no-address.js';
import { idOfAddress } from '../people.js';
import { isAddressTaken } from '../sign-up/registration.js';
import { addressChange, confirmUntil, UNDO_DAYS } from './address-changes.js';

/** Mails about another address of an account, to both mailboxes. */
export const newAddressReactions = {
  'mail.new-address': awaitedMail('account.address-change-asked', async (event, mailing) => {
    const { mail, mailTo, moment, baseUrl, linkKey } = mailing;
    const change = await addressChange(event.payload.changeId);
    if (!change || change.endedAt || change.confirmedAt) return;
    const { newEmail, askedAt, id } = change;
    // The owner of an account with the new address learns only that somebody typed it; the screen says the same either way.
    const owner = (await isAddressTaken(newEmail)) ? await idOfAddress(newEmail) : null;
    if (owner)
      return mail('known-address', event, owner, {
        link: `${baseUrl}/sign-in`,
        resetLink: `${baseUrl}/forgotten`,
      });
    await mailTo(newEmail, 'new-address', event, {
      link: `${baseUrl}/new-address?token=${signLink('new-address', id, linkKey)}`,
      until: moment(confirmUntil(askedAt)),
    });
  }),
  'mail.address-change-asked': awaitedMail('account.address-change-asked', (event, mailing) =>
    mailing.mail('address-change-asked', event, event.payload.userId, {
      link: oldAddressLink(event.payload.changeId, mailing),
    }),
  ),
  'mail.address-changed': awaitedMail('account.address-changed', async (event, mailing) => {
    const change = await addressChange(event.payload.changeId);
    if (!change?.confirmedAt || change.endedAt || !hasAddress(change.oldEmail)) return;
    await mailing.mailTo(change.oldEmail, 'address-changed', event, {
      link: oldAddressLink(change.id, mailing),
      days: UNDO_DAYS,
    });
  }),
};

const oldAddressLink = (changeId: string, { baseUrl, linkKey }: Mailing): string =>
  `${baseUrl}/old-address?token=${signLink('old-address', changeId, linkKey)}`;
