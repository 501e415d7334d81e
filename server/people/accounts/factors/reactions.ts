import type { RecordedEvent } from '../../../platform/events/event-payloads.js';
import { awaitedMail, notice, type Mailing } from '../../mails/mail-reactions.js';
import type { Notice } from '../../mails/notices.js';
import { hasFactor } from './own-factors.js';

/** Mails about a second step at sign-in. */
export const factorReactions = {
  'mail.factor-added': awaitedMail('account.factor-added', (event, mailing) =>
    factorChanged(event, 'added', mailing),
  ),
  'mail.factor-removed': awaitedMail('account.factor-removed', (event, mailing) =>
    factorChanged(event, 'removed', mailing),
  ),
  'mail.factor-due': notice('account.factor-due', async (event, { mail, moment, baseUrl }) => {
    const { userId, until } = event.payload;
    // They may have set one up since.
    if (await hasFactor(userId)) return;
    await mail('factor-due', event, userId, { until: moment(until), link: `${baseUrl}/account/factors` });
  }),
  'mail.passkey-refused': awaitedMail('account.passkey-refused', (event, mailing) =>
    factorChanged(event, 'passkeyRefused', mailing),
  ),
  'mail.recovery-codes-made': notice('account.recovery-codes-made', (event, mailing) =>
    factorChanged(event, 'codesMade', mailing),
  ),
  'mail.recovery-code-used': awaitedMail('account.recovery-code-used', (event, mailing) =>
    factorChanged(event, 'codeUsed', mailing),
  ),
  'mail.factor-reset-asked': awaitedMail('account.factor-reset-asked', (event, mailing) =>
    factorChanged(event, 'resetAsked', mailing),
  ),
  'mail.factor-reset-decided': awaitedMail('account.factor-reset-decided', (event, mailing) =>
    factorChanged(event, event.payload.outcome === 'granted' ? 'reset' : 'resetDeclined', mailing),
  ),
};

const factorChanged = (
  event: RecordedEvent & { readonly payload: { readonly userId: string } },
  what: Notice<'factor-changed'>['values']['what'],
  { mail, moment, baseUrl }: Mailing,
): Promise<void> =>
  mail('factor-changed', event, event.payload.userId, {
    what,
    at: moment(event.createdAt),
    link: `${baseUrl}/account/factors`,
  });
