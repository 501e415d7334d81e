import { LIFETIME } from './accounts/tokens.js';
import { findCertificate } from './certificates/finding.js';
import type { Issuer } from './certificates/issuer.js';
import { issueIfEarned } from './certificates/issuing.js';
import { publishRevocation } from './certificates/revoking.js';
import { signAllLists } from './certificates/status-lists.js';
import { endInWords } from './certificates/texts.js';
import type { Config } from './config.js';
import type { EventName, RecordedEvent } from './events/catalogue.js';
import { pruneRateLimits } from './http/rate-limits.js';
import type { SessionStore } from './http/sessions.js';
import { formatDate, formatTime, translator } from './i18n/i18n.js';
import { recordPass } from './learning/progress.js';
import { linkToken } from './lib/tokens.js';
import { sendNotice, type NoticeDeps, type NoticeKind } from './notifications/notices.js';
import { joinOpenOrganisation } from './organisations/memberships.js';
import type { Reaction, Routine } from './worker.js';

interface ReactionDeps extends NoticeDeps {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly linkKey: Buffer;
  readonly sessions: SessionStore;
  readonly clock: () => number;
}

/** When this happens, then that is done: the whole choreography. */
export function createReactions(deps: ReactionDeps): Reaction[] {
  const { clock, issuer, config, linkKey, baseUrl } = deps;
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };
  const moment = (ms: number) => `${formatDate(ms, place)}, ${formatTime(ms, place)}`;
  const mail = (kind: NoticeKind, event: RecordedEvent, userId: string, values: object) =>
    sendNotice({ kind, userId, key: `${kind}:${event.seq}`, values }, deps, clock());

  return [
    on('account.created', 'organisations.join', ({ payload }) =>
      joinOpenOrganisation(payload.userId, clock()),
    ),
    on('account.administrator-made', 'organisations.join-administrator', ({ payload }) =>
      joinOpenOrganisation(payload.userId, clock()),
    ),
    on('account.confirmation-asked', 'mail.confirm-address', event =>
      mail('confirm-address', event, event.payload.userId, {
        link: `${baseUrl}/confirm?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + LIFETIME['confirm-address']),
      }),
    ),
    on('account.sign-up-repeated', 'mail.known-address', event =>
      mail('known-address', event, event.payload.userId, {
        link: `${baseUrl}/sign-in`,
        resetLink: `${baseUrl}/forgotten`,
      }),
    ),
    on('account.reset-asked', 'mail.reset-password', event =>
      mail('reset-password', event, event.payload.userId, {
        link: `${baseUrl}/new-password?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + LIFETIME['reset-password']),
      }),
    ),
    on('account.password-changed', 'mail.password-changed', event =>
      mail('password-changed', event, event.payload.userId, {
        link: `${baseUrl}/forgotten`,
        at: moment(event.createdAt),
      }),
    ),
    on('quiz.passed', 'learning.record-pass', ({ payload }) => recordPass(payload, clock())),
    on('course.completed', 'certificates.issue', ({ payload }) =>
      issueIfEarned(payload.cycleId, issuer, clock()),
    ),
    on('certificate.issued', 'mail.certificate-issued', async event => {
      const certificate = await findCertificate(event.payload.certificateId);
      if (!certificate) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      await mail('certificate-issued', event, event.payload.userId, {
        link,
        validUntil: endInWords(certificate, place, t),
      });
    }),
    on('certificate.revoked', 'certificates.publish-revocation', ({ payload }) =>
      publishRevocation(payload.certificateId, issuer, clock()),
    ),
    on('certificate.revoked', 'mail.certificate-revoked', event =>
      mail('certificate-revoked', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
    ),
  ];
}

/** What the clock asks for, in UTC. */
export function createRoutines({ issuer, sessions, clock }: ReactionDeps): Routine[] {
  return [
    { name: 'status-lists.sign', cron: '10 3 * * *', run: () => signAllLists(issuer, clock()) },
    { name: 'sessions.prune', cron: '20 * * * *', run: () => sessions.prune() },
    { name: 'rate-limits.prune', cron: '40 * * * *', run: () => pruneRateLimits(clock()) },
  ];
}

function on<N extends EventName>(
  event: N,
  name: string,
  run: (event: RecordedEvent<N>) => Promise<unknown>,
): Reaction {
  return { name, on: event, run: run as Reaction['run'] };
}
