/** A role of a person: in a unit and below it, or (null) in the whole organisation. */
interface RoleGiven {
  grantId: string;
  userId: string;
  role: string;
  unitId: string | null;
}

/**
 * Every event that can be recorded, with its payload. Payloads hold ids and plain values, never names,
 * addresses or answers: the events table is the audit log and outlives the people in it.
 */
export interface EventPayloads {
  'account.created': { userId: string };
  'account.sign-up-repeated': { userId: string; course?: string | null };
  'account.confirmation-asked': { userId: string; tokenId: string };
  'account.confirmed': { userId: string };
  'account.reset-asked': { userId: string; tokenId: string };
  'account.sign-in-link-asked': { userId: string; tokenId: string };
  'account.course-link-asked': { userId: string; tokenId: string };
  'account.password-changed': { userId: string };
  'account.renamed': { userId: string };
  'account.address-change-asked': { userId: string; changeId: string };
  'account.address-changed': { userId: string; changeId: string };
  /** Before it was confirmed: by the person, or by whoever reads the old mailbox. */
  'account.address-change-stopped': { userId: string; changeId: string; by: 'account' | 'old-address' };
  'account.address-change-undone': { userId: string; changeId: string };
  'account.export-asked': { userId: string; exportId: string };
  'account.export-made': { userId: string; exportId: string };
  'account.export-taken': { userId: string; exportId: string };
  'account.administrator-made': { userId: string };
  'account.administrator-ended': { userId: string };
  'account.blocked': { userId: string; blockId: string };
  'account.unblocked': { userId: string };
  'account.signed-in': { userId: string };
  'account.factor-added': { userId: string; kind: string };
  'account.factor-removed': { userId: string; kind: string };
  /** Their role will ask for a second step (`until`: epoch ms), and they have none. */
  'account.factor-due': { userId: string; until: number };
  /** Its counter went back: there may be a copy of it. */
  'account.passkey-refused': { userId: string; passkeyId: string };
  'account.recovery-codes-made': { userId: string };
  'account.recovery-code-used': { userId: string };
  'account.factor-reset-asked': { userId: string; resetId: string };
  'account.factor-reset-decided': { userId: string; resetId: string; outcome: 'granted' | 'declined' };
  /** In a browser in which this account had not been used. */
  'account.new-device': { userId: string; signInId: string };
  /** `closedId`: the account that is closed in favour of the other. */
  'account.merged': { mergeId: string; userId: string; closedId: string };
  'account.merge-undone': { mergeId: string; userId: string; closedId: string };
  /** Somebody wants to sign in by mail with an account that is closed in favour of another. */
  'account.former-asked': { userId: string };
  'erasure.asked': { erasureId: string };
  'erasure.withdrawn': { erasureId: string };
  'erasure.refused': { erasureId: string };
  'erasure.decided': { erasureId: string };
  /** How many certificates and events are left as hashes, and a hash of those (`erasure-digest.ts`). */
  'erasure.carried-out': { erasureId: string; certificates: number; events: number; digest: string };
  'legal-hold.placed': { holdId: string };
  'legal-hold.lifted': { holdId: string };
  'organisation.made': object;
  /** The codes of the fields, and no value. */
  'organisation.changed': { fields: string[] };
  'organisation.suspended': object;
  'organisation.reopened': object;
  /** `fromDay`: the first day of the change, in the organisation's zone. */
  'unit.opened': { unitId: string; parentId: string | null; code: string | null; fromDay: string };
  'unit.renamed': { unitId: string; code: string | null; fromDay: string };
  'unit.moved': { unitId: string; parentId: string | null; fromDay: string };
  'unit.merged': { unitId: string; intoId: string; fromDay: string };
  'unit.closed': { unitId: string; fromDay: string };
  'member.changed': {
    membershipId: string;
    what:
      | 'added'
      | 'corrected'
      | 'moved'
      | 'placed'
      | 'unplaced'
      | 'left'
      | 'returned'
      | 'on-leave'
      | 'back-from-leave';
    fromDay: string;
  };
  /** One import's changes of members. `digest`: SHA-256 of the rows as canonical JSON. */
  /** Closed in favour of another; without a `keptId` it only changed its account. */
  'member.merged': { mergeId: string; membershipId: string; keptId: string | null };
  'member.merge-undone': { mergeId: string; membershipId: string; keptId: string | null };
  'members.imported': { importId: string; count: number; digest: string };
  /** A list of people, by hash; who is in it stands in no event. */
  'roster.uploaded': { rosterId: string; fileHash: string; rows: number };
  'roster.confirmed': { rosterId: string };
  'roster.finished': { rosterId: string; imported: number; refused: number };
  'roster.removed': { rosterId: string };
  /** An auditor's room. Who audits is known by address alone until they come. */
  'room.made': { roomId: string };
  'room.opened': { roomId: string };
  'room.invited-again': { roomId: string };
  'room.entered': { roomId: string; userId: string };
  'room.ended': { roomId: string };
  'room.asked': { roomId: string; requestId: string };
  'room.answered': { roomId: string; requestId: string };
  'room.request-closed': { roomId: string; requestId: string };
  'grant.made': RoleGiven & { fromDay: string; untilDay: string | null };
  /** `untilDay`: the day on which it ends; null: at once. */
  'grant.ended': RoleGiven & { untilDay: string | null };
  'invitation.made': { invitationId: string; membershipId: string };
  /** A reminder made a new link in place of one that ran out. */
  'invitation.renewed': { invitationId: string; membershipId: string };
  /** Whoever has an old link asked for one that works. */
  'invitation.asked-again': { invitationId: string; membershipId: string };
  'invitation.bounced': { invitationId: string; membershipId: string };
  'invitation.declined': { invitationId: string; membershipId: string };
  'invitation.withdrawn': { invitationId: string; membershipId: string };
  'invitation.accepted': { invitationId: string; membershipId: string; userId: string };
  'invitation.undone': { invitationId: string; membershipId: string; userId: string };
  /** `untilDay`: the first day on which nobody joins by it any more; null: without an end. */
  'identity-provider.added': { providerId: string };
  'identity-provider.changed': { providerId: string };
  'identity-provider.tested': { providerId: string };
  'identity-provider.set': { providerId: string; state: string; keyholderId: string | null };
  'identity-provider.removed': { providerId: string };
  'identity-provider.certificate-ending': { providerId: string; endsAt: number };
  /** The claim and its value may name a person, so they stand in no event. */
  'identity-rule.added': { providerId: string; ruleId: string; unitId: string | null; role: string | null };
  'identity-rule.removed': { providerId: string; ruleId: string };
  'identity-domain.added': { domainId: string; domain: string };
  'identity-domain.proven': { domainId: string; domain: string; how: 'record' | 'administrator' };
  /** Its record was missing three times within a week. */
  'identity-domain.lapsed': { domainId: string; domain: string };
  'identity-domain.removed': { domainId: string; domain: string };
  /** `how`: by a proven address, or by whoever was signed in to the account. */
  'identity.connected': {
    identityId: string;
    userId: string;
    providerId: string;
    how: 'address' | 'account';
  };
  'identity.disconnected': { identityId: string; userId: string; providerId: string };
  /** Somebody came back from a provider and was not let in; who it was, is not said. */
  'identity.refused': { providerId: string; reason: string };
  /** A provider signed somebody out. */
  'identity.signed-out': { userId: string; providerId: string };
  'join-code.made': {
    joinCodeId: string;
    unitId: string | null;
    courseSlug: string | null;
    fromDay: string;
    untilDay: string | null;
  };
  'join-code.ended': { joinCodeId: string };
  'join-code.used': { joinCodeId: string; membershipId: string; userId: string };
  /** A link for one course, mailed to an address that stands in no event. */
  'course-link.sent': { courseLinkId: string; courseSlug: string; unitId: string | null };
  'course-link.withdrawn': { courseLinkId: string; courseSlug: string };
  'course-link.opened': { courseLinkId: string; courseSlug: string; membershipId: string; userId: string };
  /** What a program of the organisation proves itself with. `expiresAt`: epoch ms. */
  'api-token.made': { tokenId: string; scopes: string[]; expiresAt: number };
  'api-token.ended': { tokenId: string };
  /** It ends by itself soon: those who need it are told. */
  'api-token.ending': { tokenId: string; expiresAt: number };
  /** Somebody whom the organisation's directory keeps, by the token that it holds. What became of their place is `member.changed`. */
  'provisioning.person-added': { membershipId: string; tokenId: string };
  'provisioning.person-changed': { membershipId: string; tokenId: string };
  'provisioning.person-removed': { membershipId: string; tokenId: string };
  'provisioning.group-added': { groupId: string; tokenId: string };
  'provisioning.group-changed': { groupId: string; tokenId: string };
  'provisioning.group-removed': { groupId: string; tokenId: string };
  /** What a directory may do, as an administrator chose; `group-meant`: what being in a group of it brings. */
  'provisioning.chosen': { unitFrom: string; invites: boolean };
  'provisioning.group-meant': { groupId: string; means: string | null; unitId: string | null };
  /** One-time codes for so many people, printed on one sheet. */
  'entry-codes.made': { people: number };
  'entry-code.used': { entryCodeId: string; membershipId: string; userId: string };
  /** A version of a requirement was kept; `requirement.undone`: as a row that takes `undoneId` back. */
  'requirement.versioned': { requirementId: string; versionId: string; number: number; fromDay: string };
  'requirement.undone': {
    requirementId: string;
    versionId: string;
    number: number;
    fromDay: string;
    undoneId: string;
  };
  'requirement.rehearsal-asked': { draftId: string };
  /** `mark`: 'none' where the audience decides again. */
  'assignment.marked': { requirementId: string; membershipId: string; mark: string; fromDay: string };
  'exemption.made': {
    exemptionId: string;
    requirementId: string;
    membershipId: string;
    kind: string;
    reason: string;
    fromDay: string;
    toDay: string;
    dueDay: string | null;
  };
  /** `endsOn`: the first day on which it is over. */
  'exemption.ended': { exemptionId: string; requirementId: string; membershipId: string; endsOn: string };
  /** Somebody brought a certificate from elsewhere, as a file that we verified or entered from paper. */
  'elsewhere.brought': { elsewhereId: string; membershipId: string; way: 'file' | 'paper' };
  'elsewhere.counted': { elsewhereId: string; membershipId: string; courseSlug: string };
  'elsewhere.refused': { elsewhereId: string; membershipId: string };
  /** `endedOn`: since which day its issuer says that it does not hold. */
  'elsewhere.revoked': { elsewhereId: string; membershipId: string; endedOn: string };
  /** It should never have been counted. */
  'elsewhere.taken-back': { elsewhereId: string; membershipId: string };
  /** The list of its issuer says that it is revoked. */
  'elsewhere.found-revoked': { elsewhereId: string; membershipId: string };
  /** A classroom session, by its course and its day and time in the organisation's zone. */
  'classroom.planned': { sessionId: string; courseSlug: string; day: string; time: string };
  'classroom.changed': { sessionId: string; courseSlug: string; day: string; time: string };
  'classroom.cancelled': { sessionId: string };
  /** So many people were put on its list. */
  'classroom.expected': { sessionId: string; people: number };
  'classroom.taken-off': { sessionId: string; membershipId: string };
  'classroom.ticked-in': { sessionId: string; membershipId: string };
  'classroom.attendance-kept': { sessionId: string; people: number };
  /** `recordHash`: SHA-256 of what was signed, as canonical JSON. `people`: how many were there. */
  'classroom.signed': {
    sessionId: string;
    number: number;
    kind: 'signed' | 'corrected' | 'withdrawn';
    people: number;
    recordHash: string;
  };
  /** How long a course takes in a room; null: each session stands for itself. */
  'classroom.hours-set': { courseSlug: string; minutes: number | null };
  'course.published': { courseSlug: string; courseVersionId: string; number: number; contentHash: string };
  'course.change-proposed': {
    courseVersionId: string;
    courseSlug: string;
    number: number;
    kind: 'minor' | 'material';
    says: string;
  };
  'course.change-taken-as-minor': { courseVersionId: string; courseSlug: string; number: number };
  /** To whom is the event's organisation: the open one is everyone. */
  'course.granted': {
    courseSlug: string;
    /** Grants that were made before this was kept have no terms: at once, to everybody there, without an end. */
    unitId?: string;
    isByUnit?: boolean;
    fromDay?: string;
    untilDay?: string | null;
  };
  'course.grant-revoked': { courseSlug: string; unitId?: string };
  /** For a unit, or ('') for all of the organisation. */
  'course.requested': { requestId: string; courseSlug: string; unitId: string };
  'course.request-withdrawn': { requestId: string; courseSlug: string };
  'course.request-answered': { requestId: string; courseSlug: string; outcome: 'granted' | 'declined' };
  /** For all people of the organisation, or (one is not '') those in a country or a unit. */
  'reporting-line.set': { number: number; isRemoved: boolean; country: string; unitId: string };
  'public-line.checked': {
    lineId: string;
    number: number;
    how: 'called' | 'source' | 'taken-back' | 'switched-off';
  };
  'course.enrolled': { userId: string; enrolmentId: string; cycleId: string; courseVersionId: string };
  'course.job-chosen': { userId: string; enrolmentId: string; job: string };
  'lesson.finished': { cycleId: string; moduleSlug: string; lessonSlug: string };
  'attempt.started': { attemptId: string; cycleId: string; quiz: string };
  'attempt.graded': {
    attemptId: string;
    cycleId: string;
    quiz: string;
    points: number;
    passed: boolean;
    closedBy: 'learner' | 'clock';
  };
  'attempt.granted': { cycleId: string; quiz: string; userId: string; number: number };
  'extra-time.agreed': { userId: string; number: number; allowance: string };
  'remediation.finished': { attemptId: string; cycleId: string; rule: string };
  'quiz.passed': { attemptId: string; cycleId: string; quiz: string; passedAt: number };
  'quiz.practised': { attemptId: string; cycleId: string; quiz: string; takenAt: number };
  'course.completed': { cycleId: string; userId: string };
  'credit.recorded': { creditId: string; membershipId: string };
  'credit.voided': { creditId: string; membershipId: string; because: string };
  'credit.void-lifted': { creditId: string; membershipId: string; because: string };
  'course.taken-whole': { userId: string; cycleId: string };
  /** The learner goes on with a newer version of the course, or the account was closed (`because`). */
  'course.left': { userId: string; enrolmentId: string; cycleId: string; because: string };
  /** The merge that had closed the account was undone. */
  'course.taken-up': { userId: string; enrolmentId: string; cycleId: string };
  'course.renewed': {
    userId: string;
    enrolmentId: string;
    cycleId: string;
    courseVersionId: string;
    number: number;
    /** Cycles that were opened before this was kept have none. */
    because?: string;
    path?: string;
  };
  /** An organisation asks for a signature under this text after a course; or no more. */
  'acknowledgement.asked': {
    statementId: string;
    courseSlug: string;
    locale: string;
    number: number;
    sha256: string;
  };
  'acknowledgement.ended': { statementId: string; courseSlug: string; locale: string; number: number };
  'acknowledgement.signed': { acknowledgementId: string; statementId: string; cycleId: string };
  'certificate-name.confirmed': { cycleId: string; userId: string };
  'name-request.made': { requestId: string; cycleId: string; userId: string };
  'name-request.approved': { requestId: string; cycleId: string; userId: string };
  'name-request.refused': { requestId: string; cycleId: string; userId: string };
  'shown-name.chosen': { cycleId: string; shown: string };
  'shown-name.set': { shown: string };
  'paper.set': { paper: string };
  'share-link.opened': { linkId: string; cycleId: string; userId: string; days: number };
  'share-link.closed': { linkId: string; cycleId: string; userId: string };
  'renewal.due': { cycleId: string; certificateId: string; userId: string; days: number };
  /** One mail of a day, for the reminders that were announced at this moment (epoch ms). */
  'duties.due': { membershipId: string; userId: string; day: string; announcedAt: number };
  /** The same for somebody without an account, whom the mail invites. */
  'duties.invited': { membershipId: string; day: string; announcedAt: number };
  /** Somebody reminded people by hand of what they are overdue with: up to 200 people in one event. */
  'duties.nudged': { day: string; people: number; duties: number };
  /** One mail of a day to somebody who manages people, for the duties that stay overdue and were announced at this moment (epoch ms). */
  'duties.escalated': { userId: string; day: string; announcedAt: number };
  /** The summary of a week for somebody who manages people. */
  'digest.due': { digestId: string; userId: string };
  'digests.turned-off': { userId: string; by: 'link' | 'account' };
  'digests.turned-on': { userId: string; by: 'link' | 'account' };
  'reminders.turned-off': { userId: string; by: 'link' | 'account' };
  'reminders.turned-on': { userId: string; by: 'link' | 'account' };
  'course.reopened': { cycleId: string; userId: string };
  'item.ruled': {
    regradeId: string;
    ruling: number;
    courseSlug: string;
    quiz: string;
    itemId: string;
    kind: string;
  };
  'attempt.regraded': {
    attemptId: string;
    cycleId: string;
    userId: string;
    regradeId: string;
    change: string;
    points: number;
    passed: boolean;
  };
  'regrade.finished': { regradeId: string; ruling: number; attempts: number };
  'measurement.finished': { measurementId: string; cycleId: string; kind: string };
  'refresher.due': { measurementId: string; userId: string };
  'refreshers.turned-off': { userId: string; by: 'link' | 'account' };
  'refreshers.turned-on': { userId: string; by: 'link' | 'account' };
  'certificate.awarded': { certificateId: string; cycleId: string; userId: string };
  /** Somebody passed and has no certificate: found by the daily search, not by the job that should have made it. */
  'certificate.missing': { cycleId: string; userId: string };
  'certificate.issued': {
    certificateId: string;
    userId: string;
    sha256: string;
    keyId: string;
    ledgerSeq: number;
    ledgerHash: string;
  };
  'certificate.revoked': { certificateId: string; userId: string; reason: string };
  'certificate.suspended': { certificateId: string; userId: string; reason: string };
  'certificate.superseded': { certificateId: string; replacementId: string; userId: string; reason: string };
  'issuer-key.created': { keyId: string };
  'issuer-key.rotated': { keyId: string; previousKeyId: string };
  'issuer-key.retired': { keyId: string };
  'issuer-key.compromised': { keyId: string };
  'issuer-key.replacing': { keyId: string };
  'status-list.signed': { listId: number; number: number; sha256: string };
  'ledger.head-signed': { number: number; sha256: string };
  'ledger.check-asked': { checkId: string; isWhole: boolean };
  /** `since`, `upTo`: numbers of signed heads (null: from the beginning; there was none). */
  'ledger.checked': { checkId: string; since: number | null; upTo: number | null; discrepancies: number };
  /** An administrator gave up a job: what it was to do, for which event, and how it had failed. */
  'job.given-up': {
    jobId: string;
    reaction: string;
    eventId: string | null;
    attempts: number;
    /** Null: it had not failed. */
    failure: string | null;
  };
  /** A file left (`taken-files.ts`); without an organisation it is one of the whole installation. */
  'organisation.exported': {
    file: string;
    filters: Record<string, string>;
    rows: number | null;
    sha256: string | null;
  };
  /** What an organisation says of a rule of the map; `requirements`: ids of those that serve it. */
  'rule.chosen': { ruleId: string; concerns: boolean; requirements: string[] };
  /** An authority approved a version of a course, from a day to another (exclusive). */
  'content-approval.recorded': {
    approvalId: string;
    ruleId: string;
    courseSlug: string;
    version: number;
    fromDay: string;
    toDay: string | null;
  };
  'content-approval.removed': { approvalId: string; ruleId: string };
  /** A notification of a possible victim, as a count: days, and from whom; null: not told. */
  'notification-count.entered': {
    countId: string;
    day: string;
    source: 'staff' | 'passenger';
    hotlineOn: string | null;
    policeOn: string | null;
  };
  'notification-count.removed': { countId: string };
  /** Of a certificate. Null: formerly, the pack of the whole organisation. */
  'audit-pack.taken': { certificateId: string | null };
  /** A file that is made in the background. `kind`: of the file. */
  'sealed-file.asked': { fileId: string; kind: string };
  'sealed-file.made': { fileId: string; kind: string; size: number; sha256: string; rows: number };
  'sealed-file.removed': { fileId: string; kind: string };
  'sealed-file.held': { fileId: string; kind: string };
  'sealed-file.hold-lifted': { fileId: string; kind: string };
  'restore.noticed': RestoreNoticed;
  /** The database is a copy of that time (epoch ms). */
  'backup.restored': { takenAt: number };
  /** A completion that a wrong clock had dated ahead got another date (epoch ms). */
  'course.completion-redated': { cycleId: string; userId: string; from: number; to: number };
  /** The clock of a server went from one moment to another in no time (epoch ms). */
  'clock.jumped': { from: number; to: number };
  /** Marks of what was published were lost, from this time on (epoch ms) or before. */
  'marks.accepted': { since: number };
}

/**
 * What was published and is not in the database any more, since an older copy was put back: rows of the
 * ledger and signed heads up to these numbers, and versions of status lists between the two.
 */
export interface RestoreNoticed {
  readonly ledgerSeq: number;
  readonly ledgerHash: string;
  readonly headNumber: number;
  readonly lists: readonly { readonly listId: number; readonly from: number; readonly to: number }[];
}

export type EventName = keyof EventPayloads;

/** An event as stored, and as reactions receive it. */
export interface RecordedEvent<N extends EventName = EventName> {
  readonly id: string;
  readonly name: N;
  readonly payload: EventPayloads[N];
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly createdAt: number;
}
