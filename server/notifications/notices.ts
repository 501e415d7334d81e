import { addressOf } from '../accounts/people.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import type { FragmentShell, Values, Views } from '../http/views.js';
import { translator } from '../i18n/i18n.js';
import { newId } from '../lib/ids.js';
import { sha256 } from '../lib/tokens.js';
import type { Mailer } from './mailer.js';

/** The kinds of mail. Each is a template below `views/notifications` and a subject in the texts. */
export type NoticeKind =
  | 'confirm-address'
  | 'known-address'
  | 'reset-password'
  | 'password-changed'
  | 'administrator-made'
  | 'administrator-ended'
  | 'certificate-issued'
  | 'certificate-revoked'
  | 'certificate-suspended'
  | 'certificate-replaced'
  | 'result-changed'
  | 'refresher'
  | 'renewal-due'
  | 'lines-due'
  | 'name-refused';

/** What notices need from outside. */
export interface NoticeDeps {
  readonly mailer: Mailer;
  readonly views: Views;
  readonly baseUrl: string;
  /** Where an answer goes, and whom to write to: the people who run the site, or null. */
  readonly contact: string | null;
}

/**
 * Send one mail for one piece of news. `key` names the news: a second call with it sends nothing once the
 * first was sent. A crash between the two leaves `sending`; the next try goes out with the same Message-ID,
 * so that mail readers fold the two into one.
 */
export async function sendNotice(
  notice: { kind: NoticeKind; userId: string; key: string; values: Values; optOut?: string },
  { mailer, views, baseUrl, contact }: NoticeDeps,
  now: number,
): Promise<void> {
  const { kind, userId, key } = notice;
  const person = await addressOf(userId);
  if (!person || !(await begin(notice, now))) return;
  const t = translator('en');
  const { isDiscreet } = person;
  const shell: FragmentShell = { locale: 'en', dir: 'ltr', t, isDiscreet, contact };
  const values = { ...notice.values, name: person.name };
  await mailer.send({
    to: person.email,
    replyTo: contact ?? undefined,
    subject: t(`mail.subject.${kind}`),
    text: views.renderFragment(`notifications/${kind}`, { ...values, format: 'txt' }, shell),
    html: views.renderFragment(`notifications/${kind}`, { ...values, format: 'html' }, shell),
    optOut: notice.optOut,
    sender: isDiscreet ? t('frame.title') : undefined,
    hasMark: !isDiscreet,
    messageId: `<${sha256(`${baseUrl} ${key}`).slice(0, 32)}@${new URL(baseUrl).hostname}>`,
  });
  await inTransaction(() =>
    rows(`update mails set state = 'sent', sent_at = $1 where dedupe_key = $2`, [now, key]),
  );
}

/** Note that the mail is about to be sent; false when it was sent before. */
function begin(
  { kind, userId, key }: { kind: string; userId: string; key: string },
  now: number,
): Promise<boolean> {
  return inTransaction(async () => {
    await rows(
      `insert into mails (id, dedupe_key, kind, user_id, state, created_at) values ($1, $2, $3, $4, 'sending', $5)
       on conflict (dedupe_key) do nothing`,
      [newId(), key, kind, userId, now],
    );
    const found = await row<{ state: string }>('select state from mails where dedupe_key = $1', [key]);
    return found?.state !== 'sent';
  });
}
