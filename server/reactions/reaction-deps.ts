import type { Papers } from '../certificates/documents/papers.js';
import type { Issuer } from '../certificates/issuer/issuer.js';
import type { Config } from '../config.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import type { RateLimits } from '../http/security/rate-limits.js';
import type { SessionStore } from '../http/security/sessions.js';
import { formatMoment } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import {
  sendNotice,
  sendToAddress,
  type Notice,
  type NoticeDeps,
  type NoticeKind,
} from '../notifications/notices.js';
import { inLanguageOf } from '../organisations/languages.js';

/** What reactions and routines need from outside. `clock` gives epoch milliseconds. */
export interface ReactionDeps extends NoticeDeps {
  readonly config: Config;
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly linkKey: Buffer;
  readonly sessions: SessionStore;
  readonly limits: RateLimits;
  readonly clock: () => number;
}

/** How mails are written: in which words, with which days, and one for each event; in the language that is spoken (`mail-language.ts`). */
export function mailsWith(deps: ReactionDeps) {
  const { config, clock } = deps;
  const place = hereIn(config.timeZone);
  return {
    t: spoken,
    place,
    moment: (ms: number) => formatMoment(ms, place),
    /** To one person, about the organisation of the event. */
    mail: <Kind extends NoticeKind>(
      kind: Kind,
      { id, organisationId }: RecordedEvent,
      userId: string,
      values: Notice<Kind>['values'],
    ) => {
      const notice = { kind, userId, organisationId, key: `${kind}:${id}`, values };
      return inLanguageOf(notice, config, () => sendNotice(notice, deps, clock()));
    },
    /** To several people, each once. */
    mailAll: async <Kind extends NoticeKind>(
      kind: Kind,
      { id, organisationId }: RecordedEvent,
      userIds: readonly string[],
      values: Notice<Kind>['values'],
    ) => {
      for (const userId of userIds) {
        const notice = { kind, userId, organisationId, key: `${kind}:${id}:${userId}`, values };
        await inLanguageOf(notice, config, () => sendNotice(notice, deps, clock()));
      }
    },
    /** To an address that is not, or no longer, an account's. */
    mailTo: <Kind extends NoticeKind>(
      email: string,
      kind: Kind,
      { id }: RecordedEvent,
      values: Notice<Kind>['values'],
    ) => sendToAddress({ kind, email, key: `${kind}:${id}`, values }, deps),
  };
}
