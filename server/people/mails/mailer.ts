import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { projectRoot, type Config } from '../../config.js';
import { LANES } from '../../platform/events/jobs/job-lanes.js';
import type { Logger } from '../../platform/lib/log.js';
import { smtpFailure, type SmtpFault } from './smtp-failures.js';

/** One mail, ready to be sent. `messageId` is fixed, so that a retry is recognised as the same mail. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Where replies go, if not to the sender. */
  readonly replyTo?: string | undefined;
  /** Where a mail program turns such mail off with one click, for mail that is optional. */
  readonly optOut?: string | undefined;
  /** The name beside the sender's address, instead of the installation's own. */
  readonly sender?: string | undefined;
  /** Whether the HTML shows this site's logo. */
  readonly hasMark?: boolean | undefined;
}

/**
 * Sends mail. Rejects when the mail was not accepted: with `ServiceAway` when the server cannot be used at all, with
 * `Refused` when it will never accept mail for this address, and with any other error when a retry may succeed.
 */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Close all connections; mail that is being sent fails. */
  close(): void;
}

/** How long an exchange with the mail server may take (ms), so that a server that does not answer costs no more. */
export interface MailLimits {
  /** Until it accepts a connection, its name looked up. */
  readonly connect: number;
  /** Until it greets. */
  readonly greet: number;
  /** Without any reply. */
  readonly silence: number;
  /** For one message in all, even where single bytes trickle in. */
  readonly message: number;
}

/** Some servers let unknown clients wait six seconds for a greeting, and take as long to examine a text. */
const LIMITS: MailLimits = { connect: 5_000, greet: 10_000, silence: 15_000, message: 40_000 };

/** By SMTP where it is configured; otherwise each mail becomes an `.eml` file, and the log says where. */
export function createMailer(config: Config, log: Logger, limits = LIMITS): Mailer {
  return config.smtpUrl ? smtpMailer(config, config.smtpUrl, limits) : folderMailer(config, log);
}

/**
 * A few connections that stay open while there is mail. A failed mail is not sent again here: its job is retried. If a
 * connection breaks after the server accepted a mail and before it said so, the mail is sent twice, under the same
 * Message-ID, rather than never.
 */
function smtpMailer({ mailFrom }: Config, smtpUrl: string, limits: MailLimits): Mailer {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: LANES.mail,
    maxRequeues: 0,
    // Shorter than servers allow, so that the other side closes none just when it is needed.
    idleTimeout: 20_000,
    dnsTimeout: limits.connect,
    connectionTimeout: limits.connect,
    greetingTimeout: limits.greet,
    socketTimeout: limits.silence,
  });
  return {
    async send(mail) {
      const signal = AbortSignal.timeout(limits.message);
      await transport.sendMail({ ...onTheWire(mail, mailFrom), signal }).catch((fault: unknown) => {
        throw smtpFailure(fault as SmtpFault, mail.to);
      });
    },
    close: () => transport.close({ force: true }),
  };
}

/** Connect and sign in to a mail server, and send nothing. Rejects when it does not answer. */
export async function reachMailServer(smtpUrl: string): Promise<void> {
  const timeouts = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 5_000 };
  const transport = nodemailer.createTransport({ url: smtpUrl, ...timeouts });
  await transport.verify().finally(() => transport.close());
}

function folderMailer({ mailFrom, dataDir }: Config, log: Logger): Mailer {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const folder = join(dataDir, 'mail');
  return {
    async send(mail) {
      const { message } = await transport.sendMail(onTheWire(mail, mailFrom));
      const name = `${mail.messageId.replace(/[^\w.@-]/g, '')}.eml`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, name), message as Buffer, { mode: 0o600 });
      log.info({ file: join(folder, name) }, 'Wrote an e-mail to a file. Set SMTP_URL to send e-mail');
    },
    close: () => transport.close(),
  };
}

/** The logo is part of the mail: mail programs block remote images, and fetching one would reveal that it was read. */
const MARK = {
  cid: 'mark@training',
  filename: 'mark.png',
  content: readFileSync(join(projectRoot, 'views', 'people', 'mails', 'mark.png')),
  contentDisposition: 'inline' as const,
};

/** One-click unsubscribe after RFC 8058: the two headers stand together or not at all. */
const onTheWire = ({ optOut, sender, hasMark, ...mail }: Mail, from: string) => ({
  ...mail,
  attachments: hasMark ? [MARK] : [],
  from: sender === undefined ? from : { name: sender, address: bareAddress(from) },
  ...(optOut
    ? {
        headers: {
          'List-Unsubscribe': `<${optOut}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }
    : {}),
});

/** `training@example.org` of `Training <training@example.org>`. */
const bareAddress = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
