import { hasAddress } from '../accounts/no-address.js';
import { addressOf } from '../accounts/people.js';
import { insertOnce, row, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { inTransaction } from '../db/transaction.js';
import type { ViewValues } from '../../dist/views/values.js';
import type { FragmentShell, Values, Views } from '../http/views.js';
import { translator } from '../i18n/i18n.js';
import { directionOf, spokenLocale } from '../i18n/spoken.js';
import { newId } from '../lib/ids.js';
import { sha256 } from '../lib/tokens.js';
import type { Mailer } from './mailer.js';
import { MailRecord } from './tables.js';

/** The kinds of mail, each with the room of its template below `views/notifications`; its subject is in the texts. */
const ROOMS = {
  'confirm-address': 'accounts',
  'known-address': 'accounts',
  'reset-password': 'accounts',
  'sign-in-link': 'accounts',
  'course-link': 'accounts',
  'password-changed': 'accounts',
  'factor-changed': 'accounts',
  'factor-due': 'accounts',
  'identity-changed': 'accounts',
  'new-device': 'accounts',
  'new-address': 'accounts',
  'address-change-asked': 'accounts',
  'address-changed': 'accounts',
  'export-made': 'privacy',
  'account-kept': 'merging',
  'account-closed': 'merging',
  'account-reopened': 'merging',
  'merge-undone': 'merging',
  'former-address': 'merging',
  'erasure-decided': 'privacy',
  'erasure-refused': 'privacy',
  'asked-erasure-decided': 'privacy',
  'asked-erasure-refused': 'privacy',
  'entries-merged': 'organisations',
  'administrator-made': 'accounts',
  'administrator-ended': 'accounts',
  'role-given': 'organisations',
  'role-ended': 'organisations',
  'token-ending': 'organisations',
  'provider-certificate': 'organisations',
  'domain-lapsed': 'organisations',
  'course-sent': 'organisations',
  'course-requested': 'organisations',
  'course-answered': 'organisations',
  'certificate-issued': 'learners',
  'certificate-revoked': 'learners',
  'certificate-suspended': 'learners',
  'certificate-replaced': 'learners',
  'result-changed': 'learners',
  refresher: 'learners',
  'renewal-due': 'learners',
  'classroom-session': 'learners',
  'lines-due': 'managers',
  'name-refused': 'learners',
  'room-opened': 'organisations',
  'room-asked': 'organisations',
  'room-answered': 'organisations',
  invitation: 'organisations',
  'invitation-undone': 'organisations',
  'duties-due': 'duties',
  'duties-escalated': 'duties',
  'digest-due': 'managers',
} as const;

export type NoticeKind = keyof typeof ROOMS;
export const NOTICE_KINDS = Object.keys(ROOMS) as NoticeKind[];

type Template<Kind extends NoticeKind> = Extract<keyof ViewValues, `notifications/${string}/${Kind}`>;

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

/** Who gets these comes from an employer's or an authority's office, and has to see who writes: they are not discreet. */
const TO_OFFICES: ReadonlySet<NoticeKind> = new Set(['room-opened']);

/**
 * Send a mail to an address that may be a stranger's: it is discreet and names nobody to whom it goes. No record of it is kept here; with
 * the same key it has the same Message-ID.
 */
export const sendToAddress = <Kind extends NoticeKind>(
  {
    email,
    ...notice
  }: Omit<Notice<Kind>, 'userId' | 'organisationId' | 'optOut'> & { readonly email: string },
  deps: NoticeDeps,
): Promise<void> => {
  const isDiscreet = !TO_OFFICES.has(notice.kind);
  return deps.mailer.send({ to: email, ...written(notice, { name: '', isDiscreet }, deps) });
};

/** The mail as it is written, in both forms. A discreet one shows neither sign nor name of this site. */
function written(
  { kind, key, values: given }: { kind: NoticeKind; key: string; values: Values },
  { name, isDiscreet }: { name: string; isDiscreet: boolean },
  { views, baseUrl, contact }: NoticeDeps,
) {
  const locale = spokenLocale();
  const t = translator(locale);
  const template = `notifications/${ROOMS[kind]}/${kind}`;
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
