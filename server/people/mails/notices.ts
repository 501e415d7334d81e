import { hasAddress } from '../accounts/no-address.js';
import { addressOf } from '../accounts/people.js';
import { insertOnce, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import type { ViewValues } from '../../../dist/views/values.js';
import type { FragmentShell, Values, Views } from '../../platform/http/views.js';
import { installedViews } from '../../platform/http/installed-views.js';
import { translator } from '../../platform/i18n/i18n.js';
import { directionOf, spokenLocale } from '../../platform/i18n/spoken.js';
import { newId } from '../../platform/lib/ids.js';
import { sha256 } from '../../platform/lib/tokens.js';
import type { Mailer } from './mailer.js';
import { MailRecord } from './tables.js';

/** A mail has a template in the folder `mails` of the slice that sends it, which names its kind; its subject is in the texts. */
type MailView = Extract<keyof ViewValues, `${string}/mails/${string}`>;
export type NoticeKind = MailView extends `${string}/mails/${infer Kind}` ? NotFrame<Kind> : never;
/** The frame of all mails is in the folder of this slice itself. */
type NotFrame<Kind> = Kind extends `frame.${string}` ? never : Kind;

type Template<Kind extends NoticeKind> = Extract<keyof ViewValues, `${string}/mails/${Kind}`>;

/** One mail to one person: `values` are what its template takes, without what is the same for all. */
export interface Notice<Kind extends NoticeKind> {
  readonly kind: Kind;
  readonly userId: string;
  /** The organisation that it is about; null: the account, or the installation. */
  readonly organisationId: string | null;
  /** Names the occasion. */
  readonly key: string;
  readonly values: Omit<ViewValues[Template<Kind>], 'format' | 'name'>;
  readonly optOut?: string;
}

/** What notices need from outside. */
export interface NoticeDeps {
  readonly mailer: Mailer;
  readonly views: Views;
  readonly baseUrl: string;
  /** The address of the people who run the site, where replies go; or null. */
  readonly contact: string | null;
}

const SENT = sql`update ${MailRecord} set state = 'sent', sent_at = $1 where dedupe_key = $2`;

/**
 * Send one mail for one occasion, which `key` names: once it has been sent, a second call with the same key sends nothing.
 * A crash between sending and recording it leaves the state `sending`; the next attempt has the same Message-ID, so that
 * mail readers show the two as one.
 */
export async function sendNotice<Kind extends NoticeKind>(
  notice: Notice<Kind>,
  deps: NoticeDeps,
  now: number,
): Promise<void> {
  const person = await addressOf(notice.userId);
  if (!person || !hasAddress(person.email) || !(await begin(notice, now))) return;
  await deps.mailer.send({ to: person.email, optOut: notice.optOut, ...written(notice, person, deps) });
  await inTransaction(() => rows(SENT, [now, notice.key]));
}

/**
 * Send a mail to an address that may be a stranger's. It is discreet and names no one, except in the office of an employer or an
 * authority (`isToOffice`), where people have to see who writes. No record of it is kept here; with the same key it has the same
 * Message-ID.
 */
export const sendToAddress = <Kind extends NoticeKind>(
  {
    email,
    isToOffice = false,
    ...notice
  }: Omit<Notice<Kind>, 'userId' | 'organisationId' | 'optOut'> & {
    readonly email: string;
    readonly isToOffice?: boolean;
  },
  deps: NoticeDeps,
): Promise<void> =>
  deps.mailer.send({ to: email, ...written(notice, { name: '', isDiscreet: !isToOffice }, deps) });

/** The mail as it is written, in both forms. A discreet one shows neither sign nor name of this site. */
function written(
  { kind, key, values: given }: { kind: NoticeKind; key: string; values: Values },
  { name, isDiscreet }: { name: string; isDiscreet: boolean },
  { views, baseUrl, contact }: NoticeDeps,
) {
  const locale = spokenLocale();
  const t = translator(locale);
  const template = templateOf(kind, views);
  const shell: FragmentShell = { locale, dir: directionOf(locale), t, isDiscreet, contact };
  const values = { ...given, name };
  return {
    replyTo: contact ?? undefined,
    subject: t(`mail.subject.${kind}`),
    text: views.renderFragment(template, { ...values, format: 'txt' }, shell),
    html: views.renderFragment(template, { ...values, format: 'html' }, shell),
    sender: isDiscreet ? t('frame.title') : undefined,
    hasMark: !isDiscreet,
    messageId: `<${sha256(`${baseUrl} ${key}`).slice(0, 32)}@${new URL(baseUrl).hostname}>`,
  };
}

/** Kinds of mail with their templates, of some views. */
const templates = new WeakMap<Views, ReadonlyMap<string, string>>();

/** The templates of mails, by kind: found by their folder. */
function templatesIn(views: Views): ReadonlyMap<string, string> {
  const known =
    templates.get(views) ??
    new Map(views.names.flatMap(name => (MAIL.test(name) ? [[MAIL.exec(name)?.[1] ?? '', name]] : [])));
  templates.set(views, known);
  return known;
}

const MAIL = /\/mails\/([\w-]+)$/;

function templateOf(kind: NoticeKind, views: Views): string {
  const template = templatesIn(views).get(kind);
  if (template === undefined) throw new Error(`There is no mail "${kind}"`);
  return template;
}

/** All kinds of mail. */
export const noticeKinds = (): readonly NoticeKind[] => [
  ...(templatesIn(installedViews()).keys() as Iterable<NoticeKind>),
];

const STATE = sql`select ${columns(MailRecord, 'm', 'state')} from ${MailRecord} m where m.dedupe_key = $1`;

/** Record that the mail is about to be sent. Returns false when it has been sent already. */
const begin = (
  {
    kind,
    userId,
    organisationId,
    key,
  }: Pick<Notice<NoticeKind>, 'kind' | 'userId' | 'organisationId' | 'key'>,
  now: number,
): Promise<boolean> =>
  inTransaction(async () => {
    const begun = { state: 'sending' as const, createdAt: now };
    const mail = { id: newId(), dedupeKey: key, kind, userId, organisationId, ...begun };
    return (await insertOnce(MailRecord, mail)) || (await row(STATE, [key]))?.state !== 'sent';
  });
