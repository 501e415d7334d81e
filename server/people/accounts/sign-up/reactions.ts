import { linkToken } from '../../../platform/lib/tokens.js';
import { awaitedMail, type Mailing } from '../../mails/mail-reactions.js';
import { withCourse } from '../sign-in/chosen-course.js';
import { TOKEN_LIFETIME } from './link-tokens.js';

/** Mails that prove an address, or open an account to the person who reads its mail. */
export const signUpReactions = {
  'mail.confirm-address': awaitedMail('account.confirmation-asked', (event, mailing) =>
    mailing.mail('confirm-address', event, event.payload.userId, {
      link: tokenLink('confirm', event, mailing),
      until: mailing.moment(event.createdAt + TOKEN_LIFETIME['confirm-address']),
    }),
  ),
  'mail.known-address': awaitedMail('account.sign-up-repeated', (event, { mail, baseUrl }) =>
    mail('known-address', event, event.payload.userId, {
      link: withCourse(`${baseUrl}/sign-in`, event.payload.course ?? ''),
      resetLink: withCourse(`${baseUrl}/forgotten`, event.payload.course ?? ''),
    }),
  ),
  'mail.reset-password': awaitedMail('account.reset-asked', (event, mailing) =>
    mailing.mail('reset-password', event, event.payload.userId, {
      link: tokenLink('new-password', event, mailing),
      until: mailing.moment(event.createdAt + TOKEN_LIFETIME['reset-password']),
    }),
  ),
  'mail.sign-in-link': awaitedMail('account.sign-in-link-asked', (event, mailing) =>
    mailing.mail('sign-in-link', event, event.payload.userId, {
      link: tokenLink('arrival', event, mailing),
      until: mailing.moment(event.createdAt + TOKEN_LIFETIME['sign-in']),
    }),
  ),
  'mail.course-link': awaitedMail('account.course-link-asked', (event, mailing) =>
    mailing.mail('course-link', event, event.payload.userId, {
      link: tokenLink('course-link', event, mailing),
      until: mailing.moment(event.createdAt + TOKEN_LIFETIME['one-course']),
    }),
  ),
};

const tokenLink = (
  page: string,
  { payload }: { readonly payload: { readonly tokenId: string } },
  { baseUrl, linkKey }: Mailing,
): string => `${baseUrl}/${page}?token=${linkToken(linkKey, payload.tokenId)}`;
