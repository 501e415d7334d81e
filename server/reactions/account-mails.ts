import { deviceWords } from '../accounts/activity/device-words.js';
import { signInRecord } from '../accounts/activity/sign-ins.js';
import { addressChange, UNDO_DAYS, confirmUntil } from '../accounts/new-address/address-changes.js';
import { hasFactor } from '../accounts/factors/own-factors.js';
import { hasAddress } from '../accounts/no-address.js';
import { isAddressTaken } from '../accounts/sign-up/registration.js';
import { idOfAddress } from '../accounts/people.js';
import { withCourse } from '../accounts/sign-in/chosen-course.js';
import { TOKEN_LIFETIME } from '../accounts/sign-up/link-tokens.js';
import { EXPORT_DAYS } from '../privacy/export/data-exports.js';
import type { Reactions } from '../events/choreography.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import { signLink } from '../lib/signed-links.js';
import { linkToken } from '../lib/tokens.js';
import { findOrganisation } from '../organisations/memberships.js';
import type { Notice } from '../notifications/notices.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about somebody's account. */
export function accountMails(deps: ReactionDeps) {
  const { baseUrl, linkKey } = deps;
  const { mail, mailTo, moment } = mailsWith(deps);
  const oldAddressLink = (changeId: string) =>
    `${baseUrl}/old-address?token=${signLink('old-address', changeId, linkKey)}`;
  const factorChanged = (
    event: RecordedEvent & { readonly payload: { readonly userId: string } },
    what: Notice<'factor-changed'>['values']['what'],
  ) =>
    mail('factor-changed', event, event.payload.userId, {
      what,
      at: moment(event.createdAt),
      link: `${baseUrl}/account/factors`,
    });
  const identityChanged = async (
    event: RecordedEvent & { readonly payload: { readonly userId: string } },
    what: 'connected' | 'disconnected',
  ) => {
    const organisation = event.organisationId && (await findOrganisation(event.organisationId));
    if (!organisation) return;
    await mail('identity-changed', event, event.payload.userId, {
      ...{ what, organisation: organisation.name },
      at: moment(event.createdAt),
      link: `${baseUrl}/account/identities`,
    });
  };
  return {
    // Not to the first administrator, who has just made the account.
    'mail.administrator-made': async event => {
      if (event.actorId === event.payload.userId) return;
      await mail('administrator-made', event, event.payload.userId, { link: `${baseUrl}/admin` });
    },
    'mail.administrator-ended': event =>
      mail('administrator-ended', event, event.payload.userId, { link: `${baseUrl}/learning` }),
    'mail.confirm-address': event =>
      mail('confirm-address', event, event.payload.userId, {
        link: `${baseUrl}/confirm?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + TOKEN_LIFETIME['confirm-address']),
      }),
    'mail.known-address': event =>
      mail('known-address', event, event.payload.userId, {
        link: withCourse(`${baseUrl}/sign-in`, event.payload.course ?? ''),
        resetLink: withCourse(`${baseUrl}/forgotten`, event.payload.course ?? ''),
      }),
    'mail.reset-password': event =>
      mail('reset-password', event, event.payload.userId, {
        link: `${baseUrl}/new-password?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + TOKEN_LIFETIME['reset-password']),
      }),
    'mail.sign-in-link': event =>
      mail('sign-in-link', event, event.payload.userId, {
        link: `${baseUrl}/arrival?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + TOKEN_LIFETIME['sign-in']),
      }),
    'mail.course-link': event =>
      mail('course-link', event, event.payload.userId, {
        link: `${baseUrl}/course-link?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + TOKEN_LIFETIME['one-course']),
      }),
    'mail.password-changed': event =>
      mail('password-changed', event, event.payload.userId, {
        link: `${baseUrl}/forgotten`,
        at: moment(event.createdAt),
      }),
    'mail.factor-added': event => factorChanged(event, 'added'),
    'mail.factor-removed': event => factorChanged(event, 'removed'),
    // Whoever has set one up meanwhile is told nothing.
    'mail.factor-due': async event => {
      const { userId, until } = event.payload;
      if (await hasFactor(userId)) return;
      await mail('factor-due', event, userId, { until: moment(until), link: `${baseUrl}/account/factors` });
    },
    'mail.passkey-refused': event => factorChanged(event, 'passkeyRefused'),
    'mail.recovery-codes-made': event => factorChanged(event, 'codesMade'),
    'mail.recovery-code-used': event => factorChanged(event, 'codeUsed'),
    'mail.factor-reset-asked': event => factorChanged(event, 'resetAsked'),
    'mail.factor-reset-decided': event =>
      factorChanged(event, event.payload.outcome === 'granted' ? 'reset' : 'resetDeclined'),
    'mail.identity-connected': event => identityChanged(event, 'connected'),
    'mail.identity-disconnected': event => identityChanged(event, 'disconnected'),
    'mail.new-device': async event => {
      const signIn = await signInRecord(event.payload.signInId);
      if (!signIn) return;
      await mail('new-device', event, event.payload.userId, {
        device: deviceWords(signIn),
        link: `${baseUrl}/account/sessions`,
        at: moment(event.createdAt),
      });
    },
    // Whoever has an account with the new address learns only that somebody typed it; the screen says the same either way.
    'mail.new-address': async event => {
      const change = await addressChange(event.payload.changeId);
      if (!change || change.endedAt || change.confirmedAt) return;
      const { newEmail, askedAt, id } = change;
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
    },
    'mail.export-made': event =>
      mail('export-made', event, event.payload.userId, {
        link: `${baseUrl}/account/data`,
        until: moment(event.createdAt + EXPORT_DAYS * 86_400_000),
      }),
    'mail.address-change-asked': event =>
      mail('address-change-asked', event, event.payload.userId, {
        link: oldAddressLink(event.payload.changeId),
      }),
    'mail.address-changed': async event => {
      const change = await addressChange(event.payload.changeId);
      if (!change?.confirmedAt || change.endedAt || !hasAddress(change.oldEmail)) return;
      await mailTo(change.oldEmail, 'address-changed', event, {
        link: oldAddressLink(change.id),
        days: UNDO_DAYS,
      });
    },
  } satisfies Partial<Reactions>;
}
