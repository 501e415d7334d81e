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
 * What comes of it carries the date of its making, or would reach people on the wrong day: it waits while the clock is in doubt
 * (`routines/clock-hold.ts`).
 */
const dated = <F extends ReturnType<typeof follows>>(work: F) => ({ ...work, isDated: true });

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
  'certificates.issue': dated(awaited('course.completed')),
  'certificates.issue-missing': dated(awaited('certificate.missing')),
  'certificates.reinstate': formerly('course.completed'),
  'follow-up.plan-refreshers': bulk('course.completed'),
  'mail.refresher': dated(notice('refresher.due')),
  'mail.renewal-due': dated(notice('renewal.due')),
  'mail.duties-due': dated(notice('duties.due')),
  'mail.duties-invited': dated(notice('duties.invited')),
  'mail.duties-escalated': dated(notice('duties.escalated')),
  'mail.digest-due': dated(notice('digest.due')),
  'mail.name-refused': notice('name-request.refused'),
  'mail.course-requested': notice('course.requested'),
  'mail.course-answered': notice('course.request-answered'),
  'mail.classroom-expected': notice('classroom.expected'),
  'mail.classroom-changed': notice('classroom.changed'),
  'mail.classroom-cancelled': notice('classroom.cancelled'),
  'mail.invitation': notice('invitation.made'),
  'mail.invitation-again': awaitedMail('invitation.asked-again'),
  'mail.course-sent': notice('course-link.sent'),
  'mail.invitation-undone': notice('invitation.undone'),
  'rosters.import': bulk('roster.confirmed'),
  'rosters.end-given-up': bulk('job.given-up'),
  'ledger.check': file('ledger.check-asked'),
  'ledger.end-given-up': bulk('job.given-up'),
  'sealed-files.make': dated(file('sealed-file.asked')),
  'sealed-files.end-given-up': bulk('job.given-up'),
  'requirements.rehearse': bulk('requirement.rehearsal-asked'),
  'quizzes.regrade': bulk('item.ruled'),
  'certificates.reissue-regraded': dated(bulk('attempt.regraded')),
  'mail.result-changed': notice('attempt.regraded'),
  'certificates.suspend-reopened': dated(bulk('course.reopened')),
  'mail.certificate-issued': notice('certificate.issued'),
  'certificates.publish-revocation': dated(bulk('certificate.revoked')),
  'certificates.publish-suspension': dated(bulk('certificate.suspended')),
  'certificates.sign-replacement': dated(bulk('certificate.superseded')),
  'certificates.publish-supersession': dated(bulk('certificate.superseded')),
  'status-lists.sign-with-new-key': dated(bulk('issuer-key.compromised')),
  'certificates.replace-compromised': dated(bulk('issuer-key.compromised')),
  'certificates.replace-next': dated(bulk('issuer-key.replacing')),
  'mail.certificate-suspended': notice('certificate.suspended'),
  'mail.certificate-revoked': notice('certificate.revoked'),
  'requirements.member-changed': dated(bulk('member.changed')),
  'requirements.members-imported': dated(bulk('members.imported')),
  'requirements.credit-recorded': dated(bulk('credit.recorded')),
  'requirements.credit-voided': dated(bulk('credit.voided')),
  'requirements.credit-lifted': dated(bulk('credit.void-lifted')),
  'requirements.certificate-issued': dated(bulk('certificate.issued')),
  'requirements.unit-moved': dated(bulk('unit.moved')),
  'requirements.unit-merged': dated(bulk('unit.merged')),
  'requirements.versioned': dated(bulk('requirement.versioned')),
  'requirements.undone': dated(bulk('requirement.undone')),
  'requirements.marked': dated(bulk('assignment.marked')),
  'requirements.exempted': dated(bulk('exemption.made')),
  'requirements.exemption-ended': dated(bulk('exemption.ended')),
} as const;

/** The name of a reaction. */
export type ReactionName = keyof typeof CHOREOGRAPHY;

/** The reactions that make a certificate for somebody who has completed a course. */
export const AWARDING = [
  'certificates.issue',
  'certificates.issue-missing',
] as const satisfies readonly ReactionName[];

/** What each reaction does. Each is idempotent, since it may run again after a crash. */
export type Reactions = {
  readonly [R in ReactionName]: (event: RecordedEvent<(typeof CHOREOGRAPHY)[R]['on']>) => Promise<unknown>;
};

const byEvent = new Map<EventName, QueuedReaction[]>();
for (const [name, { on, isQueued, lane, isAwaited }] of Object.entries(CHOREOGRAPHY))
  if (isQueued) byEvent.set(on, [...(byEvent.get(on) ?? []), { name, lane, isAwaited }]);

const datedNames = Object.entries(CHOREOGRAPHY).flatMap(([name, work]) => ('isDated' in work ? [name] : []));

/** The reactions that wait while the clock is in doubt. So do all routines. */
export const datedReactions = (): readonly string[] => datedNames;

/** What follows from an event. */
export const reactionsTo = (event: EventName): readonly QueuedReaction[] => byEvent.get(event) ?? [];

/** The events from which something follows. */
export const eventsWithReactions = (): readonly EventName[] => [...byEvent.keys()];
