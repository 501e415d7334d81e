import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of rules, sealed files and auditors' rooms. */
export const reportEvents = {
  /** An auditor's room. Who audits is known by address alone until they come. */
  'room.made': event<{ roomId: string }>('organisations'),
  'room.opened': event<{ roomId: string }>('organisations'),
  'room.invited-again': event<{ roomId: string }>('organisations'),
  'room.entered': event<{ roomId: string; userId: string }>('organisations'),
  'room.ended': event<{ roomId: string }>('organisations'),
  'room.asked': event<{ roomId: string; requestId: string }>('organisations'),
  'room.answered': event<{ roomId: string; requestId: string }>('organisations'),
  'room.request-closed': event<{ roomId: string; requestId: string }>('organisations'),
  /** What an organisation says of a rule of the map; `requirements`: ids of those that serve it. */
  'rule.chosen': event<{ ruleId: string; concerns: boolean; requirements: string[] }>('requirements'),
  /** An authority approved a version of a course, from a day to another (exclusive). */
  'content-approval.recorded': event<{
    approvalId: string;
    ruleId: string;
    courseSlug: string;
    version: number;
    fromDay: string;
    toDay: string | null;
  }>('requirements'),
  'content-approval.removed': event<{ approvalId: string; ruleId: string }>('requirements'),
  /** A notification of a possible victim, as a count: days, and from whom; null: not told. */
  'notification-count.entered': event<{
    countId: string;
    day: string;
    source: 'staff' | 'passenger';
    hotlineOn: string | null;
    policeOn: string | null;
  }>('requirements'),
  'notification-count.removed': event<{ countId: string }>('requirements'),
  /** A file that is made in the background. `kind`: of the file. */
  'sealed-file.asked': event<{ fileId: string; kind: string }>('organisations'),
  'sealed-file.made': event<{ fileId: string; kind: string; size: number; sha256: string; rows: number }>(
    'organisations',
  ),
  'sealed-file.removed': event<{ fileId: string; kind: string }>('organisations'),
  'sealed-file.held': event<{ fileId: string; kind: string }>('organisations'),
  'sealed-file.hold-lifted': event<{ fileId: string; kind: string }>('organisations'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof reportEvents> {}
}
