import type { Config } from '../../config.js';
import type { EventName, RecordedEvent } from '../../platform/events/event-payloads.js';
import { follows, type Clocked, type React, type Reaction } from '../../platform/events/reaction.js';
import { formatMoment } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { inLanguageOf } from '../organisations/languages.js';
import { sendNotice, sendToAddress, type Notice, type NoticeDeps, type NoticeKind } from './notices.js';

/** What mails need from outside. `linkKey` signs the links in them. */
export interface MailingDeps extends NoticeDeps, Clocked {
  readonly config: Config;
  readonly linkKey: Buffer;
}

/** What a mail is written with: what mails need from outside, words and days, and ways to send it. */
export type Mailing = MailingDeps & ReturnType<typeof mailsWith>;

/** Writes and sends a mail about an event; `Deps`: what this one needs besides. */
type Write<N extends EventName, Deps> = (
  event: RecordedEvent<N>,
  mailing: Mailing & Deps,
) => Promise<unknown>;

/** A mail that follows from an event, in the language of the organisation that it is about, or else of the person. */
export const notice = <N extends EventName, Deps = unknown>(
  on: N,
  write: Write<N, Deps>,
): Reaction<MailingDeps & Deps> => follows(on, 'mail', inTheirLanguage(write));

/** A mail that somebody is waiting for: it goes before ten thousand notices of reissued certificates. */
export const awaitedMail = <N extends EventName, Deps = unknown>(
  on: N,
  write: Write<N, Deps>,
): Reaction<MailingDeps & Deps> => ({ ...notice(on, write), isAwaited: true });

const inTheirLanguage =
  <N extends EventName, Deps>(write: Write<N, Deps>): React<N, MailingDeps & Deps> =>
  (event, deps) =>
    inLanguageOf(addressedBy(event), deps.config, () => write(event, { ...deps, ...mailsWith(deps) }));

const addressedBy = ({ organisationId, payload }: RecordedEvent) => ({
  organisationId,
  userId: 'userId' in payload ? payload.userId : null,
});

/** How mails are written: in which words, with which days, and one for each event; in the language that is spoken. */
export function mailsWith(deps: MailingDeps) {
  const { config, clock } = deps;
  const place = hereIn(config.timeZone);
  const send = <Kind extends NoticeKind>(mail: Notice<Kind>) => sendNotice(mail, deps, clock());
  const sendTo = <Kind extends NoticeKind>(
    email: string,
    kind: Kind,
    mail: Pick<Notice<Kind>, 'key' | 'values'> & { readonly isToOffice?: boolean },
  ) => sendToAddress({ kind, email, ...mail }, deps);
  return {
    t: spoken,
    place,
    moment: (ms: number) => formatMoment(ms, place),
    /** To one person; its key names the occasion. */
    send,
    /** To an address that is not, or no longer, an account's; its key names the occasion. */
    sendTo,
    /** To one person, about the organisation of the event. */
    mail: <Kind extends NoticeKind>(
      kind: Kind,
      { id, organisationId }: RecordedEvent,
      userId: string,
      values: Notice<Kind>['values'],
    ) => {
      const told = { kind, userId, organisationId, key: `${kind}:${id}`, values };
      return inLanguageOf(told, config, () => send(told));
    },
    /** To several people, each once. */
    mailAll: async <Kind extends NoticeKind>(
      kind: Kind,
      { id, organisationId }: RecordedEvent,
      userIds: readonly string[],
      values: Notice<Kind>['values'],
    ) => {
      for (const userId of userIds) {
        const told = { kind, userId, organisationId, key: `${kind}:${id}:${userId}`, values };
        await inLanguageOf(told, config, () => send(told));
      }
    },
    /** To an address that is not, or no longer, an account's. */
    mailTo: <Kind extends NoticeKind>(
      email: string,
      kind: Kind,
      { id }: RecordedEvent,
      values: Notice<Kind>['values'],
    ) => sendTo(email, kind, { key: `${kind}:${id}`, values }),
  };
}
