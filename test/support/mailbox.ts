import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that keeps what it is sent. */
export interface Mailbox {
  readonly url: string;
  /** All mail so far to an address, oldest first. */
  to(address: string): ParsedMail[];
  /** While away it turns every connection down. */
  setAway(isAway: boolean): void;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  let away = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, done) => done(away ? new Error('Away') : null),
    onData(stream, _session, done) {
      simpleParser(stream).then(
        mail => {
          mails.push(mail);
          done();
        },
        (fault: unknown) => done(fault as Error),
      );
    },
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    to: address =>
      mails.filter(({ to }) => [to ?? []].flat().some(({ value }) => value.some(v => v.address === address))),
    setAway: isAway => void (away = isAway),
    close: () => new Promise(done => server.close(() => done())),
  };
}
