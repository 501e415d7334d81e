import type { Papers } from '../certificates/documents/papers.js';
import type { Issuer } from '../certificates/issuer/issuer.js';
import type { Config } from '../config.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import type { SessionStore } from '../http/security/sessions.js';
import { formatMoment, translator } from '../i18n/i18n.js';
import {
  sendNotice,
  sendToAddress,
  type Notice,
  type NoticeDeps,
  type NoticeKind,
} from '../notifications/notices.js';

/** What reactions and routines need from outside. `clock` gives epoch milliseconds. */
export interface ReactionDeps extends NoticeDeps {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly linkKey: Buffer;
  readonly sessions: SessionStore;
  readonly clock: () => number;
}

/** How mails are written: in which words, with which days, and one for each event. */
export function mailsWith(deps: ReactionDeps) {
  const { config, clock } = deps;
  const place = { locale: 'en', timeZone: config.timeZone };
  return {
    t: translator('en'),
    place,
    moment: (ms: number) => formatMoment(ms, place),
    /** To one person, about the organisation of the event. */
    mail: <Kind extends NoticeKind>(
      kind: Kind,
      { id, organisationId }: RecordedEvent,
      userId: string,
      values: Notice<Kind>['values'],
    ) => sendNotice({ kind, userId, organisationId, key: `${kind}:${id}`, values }, deps, clock()),
    /** To an address that is not, or no longer, an account's. */
    mailTo: <Kind extends NoticeKind>(
      email: string,
      kind: Kind,
      { id }: RecordedEvent,
      values: Notice<Kind>['values'],
    ) => sendToAddress({ kind, email, key: `${kind}:${id}`, values }, deps),
  };
}
