import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { createLogger } from '../../../server/platform/lib/log.js';
import { createMailer, type Mail } from '../../../server/people/mails/mailer.js';
import { ownWorld, world } from '../../support/world.js';

const mailTo = (to: string): Mail => ({
  to,
  subject: 'Training: prøve',
  text: 'Hello Łucja,\nhttps://training.example/confirm?token=abc',
  html: '<p>Hello Łucja</p>',
  messageId: '<0123456789abcdef@training.example>',
});

describe('the mailer', () => {
  ownWorld();
  let folder: string;
  let lines: string[];
  const mailer = (settings: object) =>
    createMailer(
      { ...world().config, dataDir: folder, ...settings },
      createLogger('info', { write: line => void lines.push(line) }),
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mail-'));
    lines = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sends by SMTP', async () => {
    const to = `${randomUUID()}@example.org`;
    const bySmtp = mailer({});
    await bySmtp.send({ ...mailTo(to), replyTo: 'people@example.org' });
    bySmtp.close();
    const [mail, ...more] = world().mailbox.to(to);
    expect(more).to.deep.equal([]);
    expect(mail).to.include({ subject: 'Training: prøve', messageId: '<0123456789abcdef@training.example>' });
    expect(mail?.from?.value[0]).to.deep.include({ address: 'training@example.org', name: 'Training' });
    expect(mail?.replyTo?.value[0]?.address).to.equal('people@example.org');
    expect(mail?.text).to.include('Hello Łucja').and.include('https://training.example/confirm?token=abc');
    expect(mail?.html).to.include('<p>Hello Łucja</p>');
    expect(readdirSync(folder)).to.deep.equal([]);
    expect(lines).to.deep.equal([]);
  });

  it('attaches the logo only to a mail that shows it', async () => {
    const to = `${randomUUID()}@example.org`;
    const bySmtp = mailer({});
    await bySmtp.send({ ...mailTo(to), html: '<img src="cid:mark@training" alt="">', hasMark: true });
    await bySmtp.send({ ...mailTo(to), messageId: '<1123456789abcdef@training.example>' });
    bySmtp.close();
    const [marked, plain] = world().mailbox.to(to);
    expect(marked?.attachments).to.have.length(1);
    expect(marked?.attachments[0]).to.include({
      cid: 'mark@training',
      contentType: 'image/png',
      contentDisposition: 'inline',
      related: true,
    });
    expect(plain?.attachments).to.deep.equal([]);
  });

  it('writes a private file without a mail server, and logs its path', async () => {
    const toFolder = mailer({ smtpUrl: null });
    await toFolder.send(mailTo('ada@example.org'));
    toFolder.close();
    const [name, ...more] = readdirSync(join(folder, 'mail'));
    expect(more).to.deep.equal([]);
    expect(name).to.equal('0123456789abcdef@training.example.eml');
    const file = join(folder, 'mail', name ?? '');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder, 'mail')).mode & 0o777).to.equal(0o700);
    const mail = await simpleParser(readFileSync(file));
    expect(mail.subject).to.equal('Training: prøve');
    expect(mail.text).to.include('Hello Łucja').and.include('token=abc');
    expect(mail.html).to.include('<p>Hello Łucja</p>');
    expect(lines.join('')).to.include(file).and.not.include('ada@example.org').and.not.include('token=abc');
  });

  it('writes the same mail to the same file, and never outside its folder', async () => {
    const toFolder = mailer({ smtpUrl: null });
    await toFolder.send(mailTo('ada@example.org'));
    await toFolder.send(mailTo('ada@example.org'));
    await toFolder.send({ ...mailTo('ada@example.org'), messageId: '<../../outside@training.example>' });
    expect(readdirSync(join(folder, 'mail'))).to.have.length(2);
    expect(readdirSync(folder)).to.deep.equal(['mail']);
  });

  it('prevents header injection by a subject', async () => {
    const to = `${randomUUID()}@example.org`;
    const bySmtp = mailer({});
    await bySmtp.send({ ...mailTo(to), subject: 'Training\r\nBcc: eve@example.org\r\nX-Injected: 1' });
    bySmtp.close();
    const [mail] = world().mailbox.to(to);
    expect(mail?.headers.has('x-injected')).to.equal(false);
    expect(mail?.bcc).to.equal(undefined);
    expect(world().mailbox.to('eve@example.org')).to.deep.equal([]);
  });

  it('rejects when the mail is not accepted', async () => {
    const probe = createServer();
    await new Promise<void>(done => probe.listen(0, '127.0.0.1', done));
    const { port } = probe.address() as AddressInfo;
    await new Promise(done => probe.close(done));
    const toNobody = mailer({ smtpUrl: `smtp://127.0.0.1:${port}` });
    const fault = await toNobody.send(mailTo('ada@example.org')).then(
      () => null,
      (error: unknown) => error,
    );
    toNobody.close();
    expect(fault).to.be.an.instanceOf(Error);
  });
});
