import { expect } from 'chai';
import { failureOf } from '../../../server/platform/events/jobs/failures.js';
import { smtpFailure } from '../../../server/people/mails/smtp-failures.js';

/** What nodemailer rejects with, for a reply to a command. */
const replied = (response: string, command = 'RCPT TO', code = 'EENVELOPE') =>
  Object.assign(new Error(`Can't send mail: ${response}`), {
    code,
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });

const lost = (code: string) => Object.assign(new Error('lost'), { code, command: 'CONN' });

const kindOf = (fault: Error) => failureOf(smtpFailure(fault, 'ada@example.org')).kind;

describe('the reply of a mail server', () => {
  for (const response of [
    '550 No such user',
    '551 User not local',
    '553 Mailbox name not allowed',
    '550 5.1.1 User unknown',
    '550-5.1.1 The account does not exist',
    '550 5.1.10 Null MX',
    '550 5.2.1 Mailbox disabled',
  ]) {
    it(`is final for the address: ${response}`, () => {
      expect(kindOf(replied(response))).to.equal('refused');
    });
  }

  it('is also final after the text if it names the address as the reason', () => {
    expect(kindOf(replied('550 5.1.1 User unknown', 'DATA', 'EMESSAGE'))).to.equal('refused');
    expect(kindOf(replied('550 Not wanted', 'DATA', 'EMESSAGE'))).to.equal('fault');
  });

  for (const response of [
    '450 Greylisted',
    '451 4.7.1 Try again later',
    '452 4.2.2 Mailbox full',
    '552 5.2.2 Mailbox full',
    '550 5.7.1 Relaying denied',
    '554 5.7.1 Rejected for policy reasons',
    '554 Refused',
    '550 5.1.8 Sender unknown',
  ]) {
    it(`is about this mail and leads to a retry: ${response}`, () => {
      expect(kindOf(replied(response))).to.equal('fault');
    });
  }

  it('suspends all mail when it is about the connection, the sign-in or the sender', () => {
    expect(kindOf(replied('421 Closing', 'RCPT TO'))).to.equal('away');
    expect(kindOf(replied('554 No service', 'CONN', 'EPROTOCOL'))).to.equal('away');
    expect(kindOf(replied('535 Wrong password', 'AUTH PLAIN', 'EAUTH'))).to.equal('away');
    expect(kindOf(replied('550 Sender not allowed', 'MAIL FROM'))).to.equal('away');
    for (const code of ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EABORT'])
      expect(kindOf(lost(code)), code).to.equal('away');
  });

  it('is stored without the address', () => {
    const { reason } = failureOf(smtpFailure(replied('550 <ada@example.org> unknown'), 'ada@example.org'));
    expect(reason).to.include('550 <(address)> unknown').and.not.include('ada@example.org');
  });
});
