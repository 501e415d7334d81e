import { withCourse } from './accounts/sign-in/chosen-course.js';
import { TOKEN_LIFETIME } from './accounts/sign-up/link-tokens.js';
import { certificateOf, findCertificate } from './certificates/queries.js';
import { requestMissingCertificates } from './certificates/lifecycle/catch-up.js';
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
import type { RecordedEvent } from './events/event-payloads.js';
import type { Reactions } from './events/choreography.js';
import { enqueueMissed } from './events/missed-jobs.js';
import { pruneJobs } from './events/job-decisions.js';
import { dayOf } from './lib/days.js';
import { mailLinks, signLink } from './lib/signed-links.js';
import { announceDue, planRefreshers, refresherToMail } from './follow-up/refreshers.js';
import { pruneRateLimits } from './http/security/rate-limits.js';
import type { SessionStore } from './http/security/sessions.js';
import { formatDate, formatTime, translator } from './i18n/i18n.js';
import { creditUncredited } from './learning/credits/credits.js';
import { recordPass, recordPractice } from './learning/progress.js';
import { closeOverdue } from './quizzes/attempts/time/close-overdue.js';
import { linkToken } from './lib/tokens.js';
import { dutiesToMail, dutySentence, isRequiredOf } from './notifications/duties/duty-mail.js';
import { remindOfDuties } from './notifications/duties/remind.js';
import { remindOfHotlines } from './notifications/hotlines-due.js';
import {
  sendNotice,
  sendToAddress,
  type Notice,
  type NoticeDeps,
  type NoticeKind,
} from './notifications/notices.js';
import { turnDays } from './organisations/day-turn.js';
import { indexDueMembers, indexMembershipsOf } from './organisations/people/member-words.js';
import { findRole } from './organisations/grants/role-queries.js';
import { endText, periodText, roleText } from './organisations/grants/role-texts.js';
import { joinOpenOrganisation } from './organisations/people/join-open.js';
import { applyRegrade } from './quizzes/regrading/applying/apply.js';
import { invitationToMail, markSent } from './organisations/invitations/invitations.js';
import { findOrganisation } from './organisations/memberships.js';
import { pruneRosters } from './organisations/roster/keep-roster.js';
import { importRoster } from './organisations/roster/import-roster.js';
import { pruneRequirementDrafts } from './requirements/rehearsal/requirement-drafts.js';
import { rehearseInBackground } from './requirements/rehearsal/rehearse-drafts.js';
import { isOfPractice } from './quizzes/regrading/applying/of-practice.js';
import { pruneDrafts } from './quizzes/regrading/preview/drafts.js';
import {
  reckonChanged,
  reckonChangedMember,
  reckonLeft,
  reckonPrinted,
  reckonRequirement,
  reckonTree,
} from './requirements/reckoning/reckon-pending.js';
import { turnStandings } from './requirements/reckoning/turn-standings.js';
import type { Routine } from './worker.js';

interface ReactionDeps extends NoticeDeps {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly linkKey: Buffer;
  readonly sessions: SessionStore;
  readonly clock: () => number;
}

/** What each reaction does, by its name in the choreography (`events/choreography.ts`). */
export function createReactions(deps: ReactionDeps): Reactions {
  const { clock, issuer, papers, config, linkKey, baseUrl } = deps;
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };
  const moment = (ms: number) => `${formatDate(ms, place)}, ${formatTime(ms, place)}`;
  const mail = <Kind extends NoticeKind>(
    kind: Kind,
    event: RecordedEvent,
    userId: string,
    values: Notice<Kind>['values'],
  ) => {
    const { id, organisationId } = event;
    return sendNotice({ kind, userId, organisationId, key: `${kind}:${id}`, values }, deps, clock());
  };

  const publish = async ({ certificateId }: { certificateId: string }) => {
    await papers.kept.drop(certificateId);
    await publishStateChange(certificateId, issuer, clock());
  };

  return {
    'organisations.join': ({ payload }) => joinOpenOrganisation(payload.userId, clock()),
    'organisations.join-administrator': ({ payload }) => joinOpenOrganisation(payload.userId, clock()),
    // Not to the first administrator, who has just made the account.
    'mail.administrator-made': async event => {
      if (event.actorId === event.payload.userId) return;
      await mail('administrator-made', event, event.payload.userId, { link: `${baseUrl}/admin` });
    },
    'mail.administrator-ended': event =>
      mail('administrator-ended', event, event.payload.userId, { link: `${baseUrl}/learning` }),
    'organisations.index-renamed': ({ payload }) => indexMembershipsOf(payload.userId),
    'mail.role-given': async event => {
      const role = await findRole(event.payload.grantId);
      if (!role) return;
      const { organisation } = role;
      const texts = { role: roleText(role, { t }), period: periodText(role, { t, locale: 'en' }) };
      await mail('role-given', event, role.userId, { organisation, ...texts, link: `${baseUrl}/roles` });
    },
    'mail.role-ended': async event => {
      const role = await findRole(event.payload.grantId);
      if (!role) return;
      const { organisation } = role;
      const end = endText(event.payload.untilDay, { t, locale: 'en' });
      const values = { organisation, role: roleText(role, { t }), end, link: `${baseUrl}/roles` };
      await mail('role-ended', event, role.userId, values);
    },
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
    'mail.password-changed': event =>
      mail('password-changed', event, event.payload.userId, {
        link: `${baseUrl}/forgotten`,
        at: moment(event.createdAt),
      }),
    'learning.record-pass': ({ payload }) => recordPass(payload, clock()),
    'learning.record-practice': ({ payload }) => recordPractice(payload),
    'certificates.issue': ({ payload }) => issueIfEarned(payload.cycleId, issuer, clock()),
    'certificates.issue-missing': ({ payload }) => issueIfEarned(payload.cycleId, issuer, clock()),
    'follow-up.plan-refreshers': ({ payload }) => planRefreshers(payload.cycleId),
    'mail.refresher': async ({ payload }) => {
      const due = await refresherToMail(payload.measurementId, clock());
      if (!due) return;
      const { questions, optOut } = mailLinks(baseUrl, due.id, linkKey);
      const values = { link: questions, optOut, until: formatDate(due.until, place) };
      const { id, userId, organisationId } = due;
      const told = { kind: 'refresher' as const, userId, organisationId, key: `refresher:${id}`, values };
      await sendNotice({ ...told, optOut }, deps, clock());
    },
    'mail.renewal-due': async event => {
      const { certificateId, cycleId, userId, days } = event.payload;
      const certificate = await findCertificate(certificateId);
      if (!certificate || !(await isReminderWanted(certificateId, clock()))) return;
      // Whoever requires the course of them reminds them, in the one mail of the day.
      if (await isRequiredOf(certificate, clock())) return;
      const renewal = await renewalOf(certificate, { timeZone: config.timeZone, now: clock() });
      if (renewal.kind === 'none' || renewal.kind === 'paused') return;
      const { organisationId } = certificate;
      const optOut = `${baseUrl}/reminders?token=${signLink('reminders', cycleId, linkKey)}`;
      const values = {
        link: `${baseUrl}/certificates/${certificateId}`,
        until: lastDayInWords(certificate, place, t),
        opens: renewal.kind === 'not-yet' ? dayInWords(renewal.opens, place) : null,
        isRestricted: renewal.kind === 'restricted',
        optOut,
      };
      const told = {
        kind: 'renewal-due' as const,
        userId,
        organisationId,
        key: `renewal:${cycleId}:${days}`,
        values,
      };
      await sendNotice({ ...told, optOut }, deps, clock());
    },
    'mail.duties-due': async event => {
      const organisation = await findOrganisation(event.organisationId ?? '');
      if (!organisation) return;
      const today = dayOf(clock(), organisation.timeZone);
      const duties = await dutiesToMail({ ...event.payload, organisationId: organisation.id }, today);
      if (duties.length === 0) return;
      await mail('duties-due', event, event.payload.userId, {
        organisation: organisation.name,
        duties: duties.map(duty => dutySentence(duty, { t, locale: 'en' })),
        isOverdue: duties.some(({ standing }) => standing === 'overdue'),
        link: `${baseUrl}/learning`,
      });
    },
    'mail.name-refused': async event => {
      const request = await findNameRequest(event.payload.requestId);
      const certificate = request && (await certificateOf(request.cycleId));
      if (!certificate || request.answer === null) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      await mail('name-refused', event, event.payload.userId, { link, answer: request.answer });
    },
    'mail.invitation': async ({ payload }) => {
      const invitation = await invitationToMail(payload.invitationId, clock());
      if (!invitation) return;
      const { id, email, organisation, expiresAt } = invitation;
      const link = `${baseUrl}/invitation?token=${linkToken(linkKey, id)}`;
      const values = { organisation, link, until: formatDate(expiresAt, place) };
      await sendToAddress({ kind: 'invitation', email, key: `invitation:${id}`, values }, deps);
      await markSent(id, clock());
    },
    'mail.invitation-undone': async event => {
      const organisation = await findOrganisation(event.organisationId ?? '');
      if (!organisation) return;
      const values = { organisation: organisation.name, link: `${baseUrl}/learning` };
      await mail('invitation-undone', event, event.payload.userId, values);
    },
    'requirements.rehearse': ({ payload, actorId }) =>
      rehearseInBackground(payload.draftId, actorId, clock()),
    'rosters.import': ({ payload }) => importRoster(payload.rosterId, clock),
    'quizzes.regrade': ({ payload, id }) => applyRegrade(payload.regradeId, id, clock()),
    'certificates.reissue-regraded': ({ payload, id }) =>
      reissueWithNewResults(payload.cycleId, 'result-regraded', `regraded:${id}`, clock()),
    'mail.result-changed': async event => {
      const { attemptId, userId, change } = event.payload;
      if (change !== 'passed' && change !== 'withdrawn') return;
      // Nothing follows from practice: its page says what was corrected, and no mail is needed.
      if (await isOfPractice(attemptId)) return;
      const link = `${baseUrl}/attempts/${attemptId}`;
      await mail('result-changed', event, userId, { link, change, date: formatDate(event.createdAt, place) });
    },
    'certificates.suspend-reopened': ({ payload, actorId }) =>
      suspendWhileOpen(payload.cycleId, { actorId: actorId ?? payload.userId, now: clock() }),
    'certificates.reinstate': ({ payload }) =>
      reinstateWhenComplete(payload.cycleId, { actorId: null, now: clock() }),
    'mail.certificate-issued': async event => {
      const certificate = await findCertificate(event.payload.certificateId);
      if (!certificate) return;
      const link = `${baseUrl}/certificates/${certificate.id}`;
      const validUntil = lastDayInWords(certificate, place, t);
      const { userId } = event.payload;
      const replaced = await findCertificate(certificate.replaces);
      if (!replaced) return mail('certificate-issued', event, userId, { link, validUntil });
      const reason = t(`reason.${replaced.supersessionReason}`);
      await mail('certificate-replaced', event, userId, { link, validUntil, reason });
    },
    'certificates.publish-revocation': ({ payload }) => publish(payload),
    'certificates.publish-suspension': ({ payload }) => publish(payload),
    'certificates.sign-replacement': ({ payload }) => signAward(payload.replacementId, issuer, clock()),
    'certificates.publish-supersession': ({ payload }) => publish(payload),
    'status-lists.sign-with-new-key': () => signAllLists(issuer, clock()),
    'certificates.replace-compromised': ({ payload }) => reissueAfterCompromise(payload.keyId, clock()),
    'certificates.replace-next': ({ payload }) => reissueAfterCompromise(payload.keyId, clock()),
    'mail.certificate-suspended': event =>
      mail('certificate-suspended', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
    'mail.certificate-revoked': event =>
      mail('certificate-revoked', event, event.payload.userId, {
        link: `${baseUrl}/certificates/${event.payload.certificateId}`,
        reason: t(`reason.${event.payload.reason}`),
        date: formatDate(event.createdAt, place),
      }),
    'requirements.member-changed': ({ organisationId }) => reckonChanged(organisationId, clock),
    'requirements.members-imported': ({ organisationId }) => reckonChanged(organisationId, clock),
    'requirements.credit-recorded': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.credit-voided': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.credit-lifted': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.certificate-issued': ({ payload }) => reckonPrinted(payload.certificateId, clock),
    'requirements.unit-moved': ({ organisationId }) => reckonTree(organisationId, clock),
    'requirements.unit-merged': ({ organisationId }) => reckonTree(organisationId, clock),
    'requirements.versioned': ({ organisationId, payload }) =>
      reckonRequirement(organisationId, payload.requirementId, clock),
    'requirements.undone': ({ organisationId, payload }) =>
      reckonRequirement(organisationId, payload.requirementId, clock),
    'requirements.marked': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.exempted': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
    'requirements.exemption-ended': ({ organisationId, payload }) =>
      reckonChangedMember(organisationId, payload.membershipId, clock),
  };
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
      run: () => catchUp(clock()),
    },
    { name: 'refreshers.announce', cron: '5 * * * *', run: () => announceDue(clock()) },
    { name: 'renewals.announce', cron: '25 * * * *', run: () => announceRenewals(clock()) },
    {
      name: 'reporting-lines.remind',
      cron: '35 * * * *',
      lane: 'mail',
      run: () => remindOfHotlines(deps, clock()),
    },
    {
      name: 'organisations.turn-day',
      cron: '*/15 * * * *',
      atStart: true,
      run: () => turnDays(clock()),
    },
    {
      name: 'learning.credit-uncredited',
      cron: '45 * * * *',
      atStart: true,
      run: () => creditUncredited(clock()),
    },
    {
      name: 'mail.remind-of-duties',
      cron: '*/15 * * * *',
      atStart: true,
      run: () => remindOfDuties(clock()),
    },
    {
      name: 'requirements.turn-day',
      cron: '*/15 * * * *',
      atStart: true,
      run: () => turnStandings(clock()),
    },
    {
      name: 'requirements.reckon-left',
      cron: '7-59/15 * * * *',
      atStart: true,
      run: () => reckonLeft(clock),
    },
    { name: 'attempts.close-overdue', cron: '* * * * *', run: () => closeOverdue(clock()) },
    { name: 'organisations.index-people', cron: '*/10 * * * *', atStart: true, run: () => indexDueMembers() },
    { name: 'sessions.prune', cron: '20 * * * *', run: () => sessions.prune() },
    { name: 'jobs.prune', cron: '50 3 * * *', run: () => pruneJobs(clock()) },
    { name: 'regrades.prune-drafts', cron: '55 3 * * *', run: () => pruneDrafts(clock()) },
    { name: 'requirements.prune-drafts', cron: '50 3 * * *', run: () => pruneRequirementDrafts(clock()) },
    { name: 'rosters.prune', cron: '45 3 * * *', run: () => pruneRosters(clock()) },
    { name: 'rate-limits.prune', cron: '40 * * * *', run: () => pruneRateLimits(clock()) },
  ];
}

/** Find work that should have a job and has none, whatever happened to the job. */
async function catchUp(now: number): Promise<void> {
  await enqueueMissed(now);
  await requestMissingCertificates(now);
}
