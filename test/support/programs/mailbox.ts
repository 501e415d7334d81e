import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that keeps what it is sent. */
export interface Mailbox {
  readonly url: string;
  /** All mail so far to an address, oldest first. */
  to(address: string): ParsedMail[];
  /** While away it turns every connection down; those that were open are closed. */
  setAway(isAway: boolean): void;
  /** Say this to whoever names the address, such as `550 No such user`; null: take its mail. */
  refuse(address: string, reply: string | null): void;
  /** Answer nobody who names an address before this is over. */
  hold(until: Promise<unknown>): void;
  /** How many connections were opened so far. */
  connections(): number;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const refused = new Map<string, string>();
  let away = false;
  let held: Promise<unknown> = Promise.resolve();
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, done) {
      connections += 1;
      done(away ? new Error('Away') : null);
    },
    onRcptTo({ address }, _session, done) {
      const [code, ...words] = (refused.get(address) ?? '').split(' ');
      const answer = code ? Object.assign(new Error(words.join(' ')), { responseCode: Number(code) }) : null;
      void held.then(() => done(answer));
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        mail => {
          // Whoever was cut off before the yes sends it again: it has not come.
          if (!away) mails.push(mail);
          done(away ? new Error('Away') : null);
        },
        (fault: unknown) => done(fault as Error),
      );
    },
  });
  // A program that is killed breaks off its connections; the server stays.
  server.on('error', () => undefined);
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  return {
    url: urlOf(server.server),
    to: address =>
      mails.filter(({ to }) => [to ?? []].flat().some(({ value }) => value.some(v => v.address === address))),
    setAway(isAway) {
      away = isAway;
      if (away) for (const connection of server.connections) connection.close();
    },
    refuse: (address, reply) => void (reply === null ? refused.delete(address) : refused.set(address, reply)),
    hold: until => void (held = until),
    connections: () => connections,
    close: () => new Promise(done => server.close(() => done())),
  };
}

interface Silence {
  readonly url: string;
  /** Somebody has connected. */
  readonly met: Promise<void>;
  close(): Promise<void>;
}

/** A mail server that accepts connections and says nothing, or what it is told to say first. */
export async function openSilence(greeting = ''): Promise<Silence> {
  const sockets = new Set<Socket>();
  let meet = () => {};
  const met = new Promise<void>(done => (meet = done));
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => undefined));
    meet();
    if (greeting) socket.write(greeting);
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  return {
    url: urlOf(server),
    met,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise(done => server.close(() => done()));
    },
  };
}

const urlOf = (server: Pick<Server, 'address'>): string =>
  `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
