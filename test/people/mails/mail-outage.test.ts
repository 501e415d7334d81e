import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { row, rows, write } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { failureOf } from '../../../server/platform/events/jobs/failures.js';
import { failingLanes, LANES } from '../../../server/platform/events/jobs/job-lanes.js';
import { enqueue } from '../../../server/platform/events/jobs/enqueue.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { createMailer, type MailLimits } from '../../../server/people/mails/mailer.js';
import { sendNotice } from '../../../server/people/mails/notices.js';
import { createWorker } from '../../../server/worker.js';
import { openMailbox, openSilence, type Mailbox } from '../../support/programs/mailbox.js';
import { person } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2092, 0, 1);
const [HOUR, DAY] = [3_600_000, 86_400_000];
const silent = createLogger('silent', { write: () => undefined });
const patient: MailLimits = { connect: 60_000, greet: 60_000, silence: 60_000, message: 60_000 };

const mailerTo = (smtpUrl: string, limits = patient) =>
  createMailer({ ...world().config, smtpUrl }, silent, limits);

describe('mail', () => {
  ownWorld();
  const views = installedViews();
  let mailbox: Mailbox;
  let mailer: ReturnType<typeof mailerTo>;
  let now: number;
  let worker: ReturnType<typeof createWorker>;

  /** Mail to so many people, each a job of its own; a worker at a time of its own that sends it. */
  async function mailTo(
    people: number,
    more: Record<string, () => Promise<unknown>> = {},
  ): Promise<string[]> {
    const addressees = await Promise.all(Array.from({ length: people }, () => person()));
    const work = addressees.map(({ id }, at) => {
      const key = `outage:${randomUUID()}`;
      const values = { link: 'https://training.example/forgotten', at: '24 November 2026' };
      const deps = { mailer, views, baseUrl: 'https://training.example', contact: null };
      const notice = { kind: 'password-changed' as const, userId: id, organisationId: null, key, values };
      return { name: `test.mail-${at}`, cron: '0 0 1 1 *', run: () => sendNotice(notice, deps, now) };
    });
    const others = Object.entries(more).map(([name, run]) => ({ name, cron: '0 0 1 1 *', run }));
    worker = createWorker({ reactions: {}, routines: [...work, ...others], clock: () => now, log: silent });
    for (const { name } of work) await add(name, 'mail');
    return addressees.map(({ email }) => email);
  }

  const add = (reaction: string, lane: keyof typeof LANES) =>
    inTransaction(() => enqueue({ reaction, lane, dedupeKey: `${reaction}:${randomUUID()}`, now: THEN }));

  const stored = (reaction: string) =>
    row<{ state: string; attempts: number; lastError: string | null }>(
      'select state, attempts, last_error as "lastError" from jobs where reaction = $1',
      [reaction],
    );

  beforeEach(async () => {
    await world().worker.drain();
    [mailbox, now] = [await openMailbox(), THEN];
    mailer = mailerTo(mailbox.url);
  });
  afterEach(async () => {
    mailer.close();
    await mailbox.close();
    await write(`delete from jobs where reaction like 'test.%'`);
    await write('delete from job_lanes');
  });

  it('is all sent once after a day without its server, which was tried rarely meanwhile', async () => {
    const addresses = await mailTo(6);
    mailbox.setAway(true);
    for (; now < THEN + DAY; now += HOUR) await worker.drain();
    // All at once the first time; afterwards one at a time.
    expect(mailbox.connections()).to.be.at.most(24 + LANES.mail);
    expect((await failingLanes()).map(({ failingSince }) => failingSince)).to.deep.equal([THEN]);
    mailbox.setAway(false);
    await worker.drain();
    for (; now < THEN + DAY + HOUR; now += HOUR / 4) await worker.drain();
    for (const address of addresses) expect(mailbox.to(address), address).to.have.length(1);
    expect(await failingLanes()).to.deep.equal([]);
    const states = await rows<{ state: string }>(
      `select distinct state from jobs where reaction like 'test.mail-%'`,
    );
    expect(states).to.deep.equal([{ state: 'done' }]);
  });

  it('that is refused for good is not retried and holds up no other', async () => {
    const [refused = '', other = ''] = await mailTo(2);
    mailbox.refuse(refused, '550 No such user');
    await worker.drain();
    const job = await stored('test.mail-0');
    expect(job).to.include({ state: 'failed', attempts: 1 });
    expect(job?.lastError).to.include('550').and.include('No such user').and.not.include(refused);
    expect(mailbox.to(other)).to.have.length(1);
    expect(await failingLanes()).to.deep.equal([]);
  });

  it('that one address defers does not hold up the others', async () => {
    const [late = '', other = ''] = await mailTo(2);
    mailbox.refuse(late, '450 Come back later');
    await worker.drain();
    expect(await stored('test.mail-0')).to.include({ state: 'ready', attempts: 1 });
    expect(mailbox.to(other)).to.have.length(1);
    expect(await failingLanes()).to.deep.equal([]);
    mailbox.refuse(late, null);
    now += HOUR;
    await worker.drain();
    expect(mailbox.to(late)).to.have.length(1);
  });

  it('does not hold up a certificate, however much of it waits', async () => {
    let signed = () => {};
    // The server answers no mail until the certificate has been signed.
    mailbox.hold(new Promise<void>(done => (signed = done)));
    const sign = () => Promise.resolve(signed());
    const addresses = await mailTo(2 * LANES.mail, { 'test.certificate': sign });
    await add('test.certificate', 'awaited');
    await worker.drain();
    expect(await stored('test.certificate')).to.include({ state: 'done' });
    for (const address of addresses) expect(mailbox.to(address), address).to.have.length(1);
  });

  for (const [what, greeting] of [
    ['says nothing', ''],
    ['greets and then says nothing', '220 ready\r\n'],
  ] as const) {
    it(`times out on a server that accepts and ${what}, and counts it as away`, async () => {
      const silence = await openSilence(greeting);
      mailer.close();
      mailer = mailerTo(silence.url, { connect: 60_000, greet: 20, silence: 20, message: 60_000 });
      await mailTo(1);
      await worker.drain();
      await silence.close();
      expect(await stored('test.mail-0')).to.include({ state: 'ready', attempts: 1 });
      expect((await failingLanes()).map(({ name }) => name)).to.deep.equal(['mail']);
    });
  }

  it('that hangs ends when the mailer closes', async () => {
    const silence = await openSilence();
    mailer.close();
    mailer = mailerTo(silence.url);
    await mailTo(1);
    const draining = worker.drain();
    await silence.met;
    mailer.close();
    await draining;
    await silence.close();
    expect(await stored('test.mail-0')).to.include({ state: 'ready', attempts: 1 });
  });

  it('has a time limit for each whole message, whatever trickles in', async () => {
    const silence = await openSilence('220-wait\r\n');
    const hasty = mailerTo(silence.url, { ...patient, message: 20 });
    const mail = {
      to: 'ada@example.org',
      subject: '',
      text: '',
      html: '',
      messageId: '<1@training.example>',
    };
    const fault = await hasty.send(mail).catch((thrown: unknown) => thrown);
    hasty.close();
    await silence.close();
    expect(failureOf(fault).kind).to.equal('away');
  });
});
