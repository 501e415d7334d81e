import { withCourse } from '../accounts/sign-in/chosen-course.js';
import { TOKEN_LIFETIME } from '../accounts/sign-up/link-tokens.js';
import type { Reactions } from '../events/choreography.js';
import { linkToken } from '../lib/tokens.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about somebody's account. */
export function accountMails(deps: ReactionDeps) {
  const { baseUrl, linkKey } = deps;
  const { mail, moment } = mailsWith(deps);
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
    'mail.password-changed': event =>
      mail('password-changed', event, event.payload.userId, {
        link: `${baseUrl}/forgotten`,
        at: moment(event.createdAt),
      }),
  } satisfies Partial<Reactions>;
}
