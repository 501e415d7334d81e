import { withCourse } from './accounts/sign-in/chosen-course.js';
import { TOKEN_LIFETIME } from './accounts/sign-up/link-tokens.js';
import { certificateOf, findCertificate } from './certificates/queries.js';
import {
  requestMissingCertificates,
  ISSUE_JOBS,
  SIGN_REPLACEMENT_JOB,
} from './certificates/lifecycle/catch-up.js';
import type { Papers } from './certificates/documents/papers.js';
import type { Issuer } from './certificates/issuer/issuer.js';
import { issueIfEarned, signAward } from './certificates/lifecycle/issue.js';
import { reinstateWhenComplete, suspendWhileOpen } from './certificates/lifecycle/course-reopened.js';
import { findNameRequest } from './certificates/holder/name-corrections.js';
import { announceRenewals, isReminderWanted } from './certificates/renewal/reminders.js';
import { renewalOf } from './certificates/renewal/renew.js';
import { publishStateChange } from './certificates/lifecycle/revoke.js';
import { reissueWithNewResults } from './certificates/lifecycle/supersede.js';
import { signAllLists, signStaleLists } from './certificates/status-lists/status-lists.js';
import { lastDayInWords } from './certificates/certificate-card.js';
import { dayInWords } from './certificates/renewal/renewal-texts.js';
import { signHead } from './certificates/ledger/signed-heads.js';
import { reissueAfterCompromise } from './certificates/lifecycle/reissue-after-compromise.js';
import type { Config } from './config.js';
import type { EventName, RecordedEvent } from './events/event-payloads.js';
import type { Lane } from './events/job-lanes.js';
import { fanOutMissed } from './events/fan-out.js';
import { pruneJobs } from './events/job-decisions.js';
import { mailLinks, signLink } from './lib/signed-links.js';
import { announceDue, planRefreshers, refresherToMail } from './follow-up/refreshers.js';
import { pruneRateLimits } from './http/security/rate-limits.js';
import type { SessionStore } from './http/security/sessions.js';
import { formatDate, formatTime, translator } from './i18n/i18n.js';
import { recordPass, recordPractice } from './learning/progress.js';
import { closeOverdue } from './quizzes/attempts/time/close-overdue.js';
import { linkToken } from './lib/tokens.js';
import { remindOfHotlines } from './notifications/hotlines-due.js';
import { sendNotice, type Notice, type NoticeDeps, type NoticeKind } from './notifications/notices.js';
import { joinOpenOrganisation } from './organisations/memberships.js';
import { applyRegrade, REGRADE_JOB } from './quizzes/regrading/applying/apply.js';
import { isOfPractice } from './quizzes/regrading/applying/of-practice.js';
import { pruneDrafts } from './quizzes/regrading/preview/drafts.js';
import type { Reaction, Routine } from './worker.js';

interface ReactionDeps extends NoticeDeps {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly linkKey: Buffer;
  readonly sessions: SessionStore;
  readonly clock: () => number;
}

/** What follows from which event: the whole choreography. */
export function createReactions(deps: ReactionDeps): Reaction[] {
  const { clock, issuer, papers, config, linkKey, baseUrl } = deps;
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };
  const moment = (ms: number) => `${formatDate(ms, place)}, ${formatTime(ms, place)}`;
  const mail = <Kind extends NoticeKind>(
    kind: Kind,
    event: RecordedEvent,
    userId: string,
    values: Notice<Kind>['values'],
  ) => sendNotice({ kind, userId, key: `${kind}:${event.seq}`, values }, deps, clock());

  const publish = async ({ certificateId }: { certificateId: string }) => {
    await papers.kept.drop(certificateId);
    await publishStateChange(certificateId, issuer, clock());
  };

  return [
    awaited('account.created', 'organisations.join', ({ payload }) =>
      joinOpenOrganisation(payload.userId, clock()),
    ),
    awaited('account.administrator-made', 'organisations.join-administrator', ({ payload }) =>
      joinOpenOrganisation(payload.userId, clock()),
    ),
    // Not to the first administrator, who has just made the account.
    notice('account.administrator-made', 'mail.administrator-made', async event => {
      if (event.actorId === event.payload.userId) return;
      await mail('administrator-made', event, event.payload.userId, { link: `${baseUrl}/admin` });
    }),
    notice('account.administrator-ended', 'mail.administrator-ended', event =>
      mail('administrator-ended', event, event.payload.userId, { link: `${baseUrl}/learning` }),
    ),
    awaitedMail('account.confirmation-asked', 'mail.confirm-address', event =>
      mail('confirm-address', event, event.payload.userId, {
        link: `${baseUrl}/confirm?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + TOKEN_LIFETIME['confirm-address']),
      }),
    ),
    awaitedMail('account.sign-up-repeated', 'mail.known-address', event =>
      mail('known-address', event, event.payload.userId, {
        link: withCourse(`${baseUrl}/sign-in`, event.payload.course ?? ''),
        resetLink: withCourse(`${baseUrl}/forgotten`, event.payload.course ?? ''),
      }),
    ),
    awaitedMail('account.reset-asked', 'mail.reset-password', event =>
      mail('reset-password', event, event.payload.userId, {
        link: `${baseUrl}/new-password?token=${linkToken(linkKey, event.payload.tokenId)}`,
        until: moment(event.createdAt + TOKEN_LIFETIME['reset-password']),
      }),
    ),
    awaitedMail('account.password-changed', 'mail.password-changed', event =>
      mail('password-changed', event, event.payload.userId, {
        link: `${baseUrl}/forgotten`,
        at: moment(event.createdAt),
      }),
    ),
    awaited('quiz.passed', 'learning.record-pass', ({ payload }) => recordPass(payload, clock())),
    awaited('quiz.practised', 'learning.record-practice', ({ payload }) => recordPractice(payload)),
    awaited('course.completed', ISSUE_JOBS[0], ({ payload }) =>
      issueIfEarned(payload.cycleId, issuer, clock()),
    ),
    awaited('certificate.missing', ISSUE_JOBS[1], ({ payload }) =>
      issueIfEarned(payload.cycleId, issuer, clock()),
    ),
    bulk('course.completed', 'follow-up.plan-refreshers', ({ payload }) => planRefreshers(payload.cycleId)),
    notice('refresher.due', 'mail.refresher', async ({ payload }) => {
      const due = await refresherToMail(payload.measurementId, clock());
      if (!due) return;
      const { questions, optOut } = mailLinks(baseUrl, due.id, linkKey);
      const values = { link: questions, optOut, until: formatDate(due.until, place) };
      const told = { kind: 'refresher' as const, userId: due.userId, key: `refresher:${due.id}`, values };
      await sendNotice({ ...told, optOut }, deps, clock());
    }),
    notice('renewal.due', 'mail.renewal-due', async event => {
      const { certificateId, cycleId, userId, days } = event.payload;
      const certificate = await findCertificate(certificateId);
      if (!certificate || !(await isReminderWanted(certificateId, clock()))) return;
      const renewal = await renewalOf(certificate, { timeZone: config.timeZone, now: clock() });
      if (renewal.kind === 'none') return;
      const optOut = `${baseUrl}/reminders?token=${signLink('reminders', cycleId, linkKey)}`;
      const values = {
        link: `${baseUrl}/certificates/${certificateId}`,
        until: lastDayInWords(certificate, place, t),
        opens: renewal.kind === 'not-yet' ? dayInWords(renewal.opens, place) : null,
        isRestricted: renewal.kind === 'restricted',
        optOut,
      };
      const told = { kind: 'renewal-due' as const, userId, key: `renewal:${cycleId}:${days}`, values };
      await sendNotice({ ...told, optOut }, deps, clock());
    }),
    notice('name-request.refused', 'mail.name-refused', async event => {
      const request = await findNameRequest(event.payload.requestId);
      const certificate = request && (await certificateOf(request.cycleId));
      if (!certificate || request.answer === null) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      await mail('name-refused', event, event.payload.userId, { link, answer: request.answer });
    }),
    bulk('item.ruled', REGRADE_JOB, ({ payload, seq }) => applyRegrade(payload.regradeId, seq, clock())),
    bulk('attempt.regraded', 'certificates.reissue-regraded', ({ payload, seq }) =>
      reissueWithNewResults(payload.cycleId, 'result-regraded', `regraded:${seq}`, clock()),
    ),
    notice('attempt.regraded', 'mail.result-changed', async event => {
      const { attemptId, userId, change } = event.payload;
      if (change !== 'passed' && change !== 'withdrawn') return;
      // Nothing follows from practice: its page says what was corrected, and no mail is needed.
      if (await isOfPractice(attemptId)) return;
      const link = `${baseUrl}/attempts/${attemptId}`;
      await mail('result-changed', event, userId, { link, change, date: formatDate(event.createdAt, place) });
    }),
    bulk('course.reopened', 'certificates.suspend-reopened', ({ payload, actorId }) =>
      suspendWhileOpen(payload.cycleId, { actorId: actorId ?? payload.userId, now: clock() }),
    ),
    awaited('course.completed', 'certificates.reinstate', ({ payload }) =>
      reinstateWhenComplete(payload.cycleId, { actorId: null, now: clock() }),
    ),
    notice('certificate.issued', 'mail.certificate-issued', async event => {
      const certificate = await findCertificate(event.payload.certificateId);
      if (!certificate) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      const validUntil = lastDayInWords(certificate, place, t);
      const { userId } = event.payload;
      const replaced = await findCertificate(certificate.replaces);
      if (!replaced) return mail('certificate-issued', event, userId, { link, validUntil });
      const reason = t(`reason.${replaced.supersessionReason}`);
      await mail('certificate-replaced', event, userId, { link, validUntil, reason });
    }),
    bulk('certificate.revoked', 'certificates.publish-revocation', ({ payload }) => publish(payload)),
    bulk('certificate.suspended', 'certificates.publish-suspension', ({ payload }) => publish(payload)),
    bulk('certificate.superseded', SIGN_REPLACEMENT_JOB, ({ payload }) =>
      signAward(payload.replacementId, issuer, clock()),
    ),
    bulk('certificate.superseded', 'certificates.publish-supersession', ({ payload }) => publish(payload)),
    bulk('issuer-key.compromised', 'status-lists.sign-with-new-key', () => signAllLists(issuer, clock())),
    bulk('issuer-key.compromised', 'certificates.replace-compromised', ({ payload }) =>
      reissueAfterCompromise(payload.keyId, clock()),
    ),
    bulk('issuer-key.replacing', 'certificates.replace-next', ({ payload }) =>
      reissueAfterCompromise(payload.keyId, clock()),
    ),
    notice('certificate.suspended', 'mail.certificate-suspended', event =>
      mail('certificate-suspended', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
    ),
    notice('certificate.revoked', 'mail.certificate-revoked', event =>
      mail('certificate-revoked', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
    ),
  ];
}

/** What the clock asks for, in UTC. */
export function createRoutines(deps: ReactionDeps): Routine[] {
  const { issuer, sessions, clock } = deps;
  return [
    { name: 'status-lists.sign-stale', cron: '*/10 * * * *', run: () => signStaleLists(issuer, clock()) },
    { name: 'status-lists.sign', cron: '10 3 * * *', run: () => signAllLists(issuer, clock()) },
    { name: 'ledger.sign-head', cron: '15 3 * * *', run: () => signHead(issuer, clock()) },
    {
      name: 'jobs.catch-up',
      cron: '35 4 * * *',
      atStart: true,
      run: () => catchUp(createReactions(deps), clock()),
    },
    { name: 'refreshers.announce', cron: '5 * * * *', run: () => announceDue(clock()) },
    { name: 'renewals.announce', cron: '25 * * * *', run: () => announceRenewals(clock()) },
    {
      name: 'reporting-lines.remind',
      cron: '35 * * * *',
      lane: 'mail',
      run: () => remindOfHotlines(deps, clock()),
    },
    { name: 'attempts.close-overdue', cron: '* * * * *', run: () => closeOverdue(clock()) },
    { name: 'sessions.prune', cron: '20 * * * *', run: () => sessions.prune() },
    { name: 'jobs.prune', cron: '50 3 * * *', run: () => pruneJobs(clock()) },
    { name: 'regrades.prune-drafts', cron: '55 3 * * *', run: () => pruneDrafts(clock()) },
    { name: 'rate-limits.prune', cron: '40 * * * *', run: () => pruneRateLimits(clock()) },
  ];
}

/** Find work that should have a job and has none, whatever happened to the job. */
async function catchUp(reactions: readonly Reaction[], now: number): Promise<void> {
  await fanOutMissed(reactions, now);
  await requestMissingCertificates(now);
}

/** Makes reactions whose jobs wait in this lane. */
const waitingIn =
  (lane: Lane, isAwaited = false) =>
  <N extends EventName>(
    on: N,
    name: string,
    run: (event: RecordedEvent<N>) => Promise<unknown>,
  ): Reaction => ({ name, on, lane, isAwaited, run: run as Reaction['run'] });

/** Progress and certificates that somebody is waiting for at a screen. */
const awaited = waitingIn('awaited', true);

/** A mail that somebody is waiting for: it goes before ten thousand notices of reissued certificates. */
const awaitedMail = waitingIn('mail', true);

const notice = waitingIn('mail');

/** Work that nobody is waiting for. */
const bulk = waitingIn('bulk');
