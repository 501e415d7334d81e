import { Refused, ServiceAway } from '../../platform/events/jobs/failures.js';

/** What nodemailer rejects with. */
export interface SmtpFault extends Error {
  readonly code?: string;
  /** The reply code of the server, such as 550. */
  readonly responseCode?: number;
  /** The whole reply. */
  readonly response?: string;
  /** What the reply was an answer to, such as `RCPT TO`. */
  readonly command?: string;
}

/**
 * Replies to an address for which a retry is useless (RFC 5321, 4.2.3): 550 there is no such mailbox, 551 it has moved, 553
 * its name is not allowed. Whoever runs this site or the mail server can correct the causes of all other 5xx replies (a
 * wrong password, a sender or relay that is not allowed, a full mailbox, a message taken for spam), so those are retried.
 */
const NO_SUCH_ADDRESS = [550, 551, 553];

/**
 * Servers also send 550 for many other reasons. Where the reply has an enhanced code (RFC 3463), only these are about the address:
 * 5.1.0 to 5.1.6 and 5.1.10 (bad destination; 5.1.7 and 5.1.8 are about the sender), and 5.2.1 (mailbox disabled).
 */
const ADDRESS_CODE = /^\d{3}[ -]5\.(?:1\.(?:[0-6]|10)|2\.1)\b/;
const ENHANCED_CODE = /^\d{3}[ -]\d\.\d{1,3}\.\d{1,3}\b/;

/**
 * What a failed exchange means for the job. The reason keeps the server's words but not the address, which must not be
 * logged.
 */
export function smtpFailure(fault: SmtpFault, address: string): Error {
  const reason = [fault.code, fault.message].filter(Boolean).join(': ').replaceAll(address, '(address)');
  if (isRefusedForGood(fault)) return new Refused(reason);
  return isAboutMail(fault) ? new Error(reason) : new ServiceAway(reason);
}

function isRefusedForGood({ responseCode = 0, response = '', command = '' }: SmtpFault): boolean {
  if (!NO_SUCH_ADDRESS.includes(responseCode)) return false;
  if (ENHANCED_CODE.test(response)) return /^(RCPT TO|DATA)$/.test(command) && ADDRESS_CODE.test(response);
  return command === 'RCPT TO';
}

/** Whether the reply is about this address or this text. Any other failure stops all mail. */
const isAboutMail = ({ code = '', responseCode = 0, command = '' }: SmtpFault): boolean =>
  responseCode === 421
    ? false
    : responseCode > 0
      ? /^(RCPT TO|DATA)$/.test(command)
      : /^(EENVELOPE|EMESSAGE|ESTREAM)$/.test(code);
