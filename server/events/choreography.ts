import type { QueuedReaction } from './jobs/enqueue.js';
import type { EventName, RecordedEvent } from './event-payloads.js';
import type { Lane } from './jobs/job-lanes.js';

/** Work that follows from an event: where it waits, and whether somebody waits for it at a screen. */
const follows = <N extends EventName>(on: N, lane: Lane, isAwaited = false) => ({
  ...{ on, lane, isAwaited },
  isQueued: true,
});

/** Progress and certificates that somebody is waiting for at a screen. */
const awaited = <N extends EventName>(on: N) => follows(on, 'awaited', true);

/** Done by now together with the event, by another reaction, or no more: only jobs that an earlier version left in the queue ask for it. */
const formerly = <N extends EventName>(on: N) => ({ ...awaited(on), isQueued: false });

/** A mail that somebody is waiting for: it goes before ten thousand notices of reissued certificates. */
const awaitedMail = <N extends EventName>(on: N) => follows(on, 'mail', true);

const notice = <N extends EventName>(on: N) => follows(on, 'mail');

/** Work that nobody is waiting for. */
const bulk = <N extends EventName>(on: N) => follows(on, 'bulk');

/** A file or a check that takes minutes. */
const file = <N extends EventName>(on: N) => follows(on, 'files');

/**
 * What follows from which event: the whole choreography, by the names of the reactions. `record` puts the jobs in the queue
 * together with the event, whichever program runs; `server/reactions.ts` says what each of them does. A name is never used
 * again for other work: jobs in the queue know their work by it.
 */
const CHOREOGRAPHY = {
  'organisations.join': formerly('account.created'),
  'organisations.join-alone': awaited('account.confirmed'),
  'organisations.join-administrator': awaited('account.administrator-made'),
  'organisations.index-renamed': bulk('account.renamed'),
  'organisations.index-new-address': bulk('account.address-changed'),
  'organisations.index-old-address': bulk('account.address-change-undone'),
  'mail.administrator-made': notice('account.administrator-made'),
  'mail.administrator-ended': notice('account.administrator-ended'),
  'mail.room-opened': notice('room.opened'),
  'mail.room-invited-again': notice('room.invited-again'),
  'mail.room-asked': notice('room.asked'),
  'mail.room-answered': notice('room.answered'),
  'mail.role-given': notice('grant.made'),
  'mail.role-ended': notice('grant.ended'),
  'mail.token-ending': notice('api-token.ending'),
  'mail.provider-certificate': notice('identity-provider.certificate-ending'),
  'mail.domain-lapsed': notice('identity-domain.lapsed'),
  'mail.confirm-address': awaitedMail('account.confirmation-asked'),
  'mail.known-address': awaitedMail('account.sign-up-repeated'),
  'mail.reset-password': awaitedMail('account.reset-asked'),
  'mail.sign-in-link': awaitedMail('account.sign-in-link-asked'),
  'mail.course-link': awaitedMail('account.course-link-asked'),
  'mail.password-changed': awaitedMail('account.password-changed'),
  'mail.factor-added': awaitedMail('account.factor-added'),
  'mail.factor-removed': awaitedMail('account.factor-removed'),
  'mail.factor-due': notice('account.factor-due'),
  'mail.passkey-refused': awaitedMail('account.passkey-refused'),
  'mail.recovery-codes-made': notice('account.recovery-codes-made'),
  'mail.recovery-code-used': awaitedMail('account.recovery-code-used'),
  'mail.factor-reset-asked': awaitedMail('account.factor-reset-asked'),
  'mail.factor-reset-decided': awaitedMail('account.factor-reset-decided'),
  'mail.identity-connected': awaitedMail('identity.connected'),
  'mail.identity-disconnected': awaitedMail('identity.disconnected'),
  'mail.new-device': awaitedMail('account.new-device'),
  'mail.account-kept': notice('account.merged'),
  'mail.account-closed': notice('account.merged'),
  'mail.entries-merged': notice('member.merged'),
  'mail.account-reopened': notice('account.merge-undone'),
  'mail.merge-undone': notice('account.merge-undone'),
  'mail.former-address': awaitedMail('account.former-asked'),
  'mail.erasure-decided': notice('erasure.decided'),
  'mail.erasure-refused': notice('erasure.refused'),
  'privacy.carry-out-erasure': bulk('erasure.decided'),
  'privacy.resume-erasure': bulk('legal-hold.lifted'),
  'privacy.make-export': bulk('account.export-asked'),
  'mail.export-made': awaitedMail('account.export-made'),
  'mail.new-address': awaitedMail('account.address-change-asked'),
  'mail.address-change-asked': awaitedMail('account.address-change-asked'),
  'mail.address-changed': awaitedMail('account.address-changed'),
  'learning.record-pass': formerly('quiz.passed'),
  'learning.record-practice': formerly('quiz.practised'),
  'certificates.issue': awaited('course.completed'),
  'certificates.issue-missing': awaited('certificate.missing'),
  'certificates.reinstate': formerly('course.completed'),
  'follow-up.plan-refreshers': bulk('course.completed'),
  'mail.refresher': notice('refresher.due'),
  'mail.renewal-due': notice('renewal.due'),
  'mail.duties-due': notice('duties.due'),
  'mail.duties-escalated': notice('duties.escalated'),
  'mail.digest-due': notice('digest.due'),
  'mail.name-refused': notice('name-request.refused'),
  'mail.course-requested': notice('course.requested'),
  'mail.course-answered': notice('course.request-answered'),
  'mail.classroom-expected': notice('classroom.expected'),
  'mail.classroom-changed': notice('classroom.changed'),
  'mail.classroom-cancelled': notice('classroom.cancelled'),
  'mail.invitation': notice('invitation.made'),
  'mail.course-sent': notice('course-link.sent'),
  'mail.invitation-undone': notice('invitation.undone'),
  'rosters.import': bulk('roster.confirmed'),
  'rosters.end-given-up': bulk('job.given-up'),
  'ledger.check': file('ledger.check-asked'),
  'ledger.end-given-up': bulk('job.given-up'),
  'sealed-files.make': file('sealed-file.asked'),
  'sealed-files.end-given-up': bulk('job.given-up'),
  'requirements.rehearse': bulk('requirement.rehearsal-asked'),
  'quizzes.regrade': bulk('item.ruled'),
  'certificates.reissue-regraded': bulk('attempt.regraded'),
  'mail.result-changed': notice('attempt.regraded'),
  'certificates.suspend-reopened': bulk('course.reopened'),
  'mail.certificate-issued': notice('certificate.issued'),
  'certificates.publish-revocation': bulk('certificate.revoked'),
  'certificates.publish-suspension': bulk('certificate.suspended'),
  'certificates.sign-replacement': bulk('certificate.superseded'),
  'certificates.publish-supersession': bulk('certificate.superseded'),
  'status-lists.sign-with-new-key': bulk('issuer-key.compromised'),
  'certificates.replace-compromised': bulk('issuer-key.compromised'),
  'certificates.replace-next': bulk('issuer-key.replacing'),
  'mail.certificate-suspended': notice('certificate.suspended'),
  'mail.certificate-revoked': notice('certificate.revoked'),
  'requirements.member-changed': bulk('member.changed'),
  'requirements.members-imported': bulk('members.imported'),
  'requirements.credit-recorded': bulk('credit.recorded'),
  'requirements.credit-voided': bulk('credit.voided'),
  'requirements.credit-lifted': bulk('credit.void-lifted'),
  'requirements.certificate-issued': bulk('certificate.issued'),
  'requirements.unit-moved': bulk('unit.moved'),
  'requirements.unit-merged': bulk('unit.merged'),
  'requirements.versioned': bulk('requirement.versioned'),
  'requirements.undone': bulk('requirement.undone'),
  'requirements.marked': bulk('assignment.marked'),
  'requirements.exempted': bulk('exemption.made'),
  'requirements.exemption-ended': bulk('exemption.ended'),
} as const;

/** The name of a reaction. */
export type ReactionName = keyof typeof CHOREOGRAPHY;

/** What each reaction does. Each is idempotent, since it may run again after a crash. */
export type Reactions = {
  readonly [R in ReactionName]: (event: RecordedEvent<(typeof CHOREOGRAPHY)[R]['on']>) => Promise<unknown>;
};

const byEvent = new Map<EventName, QueuedReaction[]>();
for (const [name, { on, isQueued, ...where }] of Object.entries(CHOREOGRAPHY))
  if (isQueued) byEvent.set(on, [...(byEvent.get(on) ?? []), { name, ...where }]);

/** What follows from an event. */
export const reactionsTo = (event: EventName): readonly QueuedReaction[] => byEvent.get(event) ?? [];

/** The events from which something follows. */
export const eventsWithReactions = (): readonly EventName[] => [...byEvent.keys()];
