import { awaitedMail, notice } from '../mails/mail-reactions.js';
import { deviceWords } from './activity/device-words.js';
import { signInRecord } from './activity/sign-ins.js';
import { goesOnIn, maskedAddress } from './merged-accounts.js';

/** Mails about somebody's account. */
export const accountReactions = {
  'mail.administrator-made': notice('account.administrator-made', async (event, { mail, baseUrl }) => {
    // Not to the first administrator, who has just made the account.
    if (event.actorId === event.payload.userId) return;
    await mail('administrator-made', event, event.payload.userId, { link: `${baseUrl}/admin` });
  }),
  'mail.administrator-ended': notice('account.administrator-ended', (event, { mail, baseUrl }) =>
    mail('administrator-ended', event, event.payload.userId, { link: `${baseUrl}/learning` }),
  ),
  'mail.password-changed': awaitedMail('account.password-changed', (event, { mail, moment, baseUrl }) =>
    mail('password-changed', event, event.payload.userId, {
      link: `${baseUrl}/forgotten`,
      at: moment(event.createdAt),
    }),
  ),
  'mail.new-device': awaitedMail('account.new-device', async (event, { mail, moment, baseUrl }) => {
    const signIn = await signInRecord(event.payload.signInId);
    if (!signIn) return;
    await mail('new-device', event, event.payload.userId, {
      device: deviceWords(signIn),
      link: `${baseUrl}/account/sessions`,
      at: moment(event.createdAt),
    });
  }),
  'mail.former-address': awaitedMail('account.former-asked', async (event, { mail, baseUrl }) => {
    const kept = await goesOnIn(event.payload.userId);
    if (!kept) return;
    const values = { address: maskedAddress(kept.email), link: `${baseUrl}/sign-in` };
    await mail('former-address', event, event.payload.userId, values);
  }),
};
