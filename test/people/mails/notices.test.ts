import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { endLanePause } from '../../../server/platform/events/jobs/job-lanes.js';
import { requestReset } from '../../../server/people/accounts/sign-up/recovery.js';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { row, rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import type { Mail } from '../../../server/people/mails/mailer.js';
import { sendNotice, type Notice, type NoticeKind } from '../../../server/people/mails/notices.js';
import { mailsTo } from '../accounts/mails.js';
import { holder } from '../../support/holders.js';
import { person, signedIn } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { said } from '../../support/said.js';

const views = installedViews();
const NAME = said('frame.name');

/** Mails to an address that may be a stranger's, or that other people may read. */
const NAMELESS: readonly NoticeKind[] = [
  'confirm-address',
  'reset-password',
  'sign-in-link',
  'course-link',
  'invitation',
  'course-sent',
  'room-opened',
  'new-address',
  'address-changed',
];

/** A mailer that stores what it is given, and fails the given number of times first. */
function keepingMailer(failures = 0) {
  const sent: Mail[] = [];
  const tried: string[] = [];
  return {
    sent,
    tried,
    close: () => undefined,
    send: (mail: Mail) => {
      tried.push(mail.messageId);
      if (tried.length <= failures) return Promise.reject(new Error('Not now'));
      sent.push(mail);
      return Promise.resolve();
    },
  };
}

const values: { [Kind in NoticeKind]: Notice<Kind>['values'] } = {
  'confirm-address': { link: 'https://training.example/confirm?token=abc', until: '24 November 2026' },
  'known-address': {
    link: 'https://training.example/sign-in',
    resetLink: 'https://training.example/forgotten',
  },
  'reset-password': { link: 'https://training.example/new-password?token=abc', until: '24 November 2026' },
  'sign-in-link': { link: 'https://training.example/arrival?token=abc', until: '24 November 2026' },
  'course-link': { link: 'https://training.example/course-link?token=abc', until: '24 November 2026' },
  'factor-changed': {
    what: 'added',
    link: 'https://training.example/account/factors',
    at: '24 November 2026',
  },
  'factor-due': { until: '24 November 2026', link: 'https://training.example/account/factors' },
  'identity-changed': {
    what: 'connected',
    organisation: 'Northern Air',
    link: 'https://training.example/account/identities',
    at: '24 November 2026',
  },
  'new-device': {
    device: 'Firefox on Windows',
    link: 'https://training.example/account/sessions',
    at: '24 November 2026',
  },
  'password-changed': { link: 'https://training.example/forgotten', at: '24 November 2026' },
  'new-address': { link: 'https://training.example/new-address?token=abc', until: '24 November 2026' },
  'address-change-asked': { link: 'https://training.example/old-address?token=abc' },
  'address-changed': { link: 'https://training.example/old-address?token=abc', days: 7 },
  'export-made': { link: 'https://training.example/account/data', until: '24 November 2026' },
  'classroom-session': {
    what: 'expected',
    organisation: 'Northern Air',
    course: 'Volunteers',
    when: '24 November 2026, 09:30',
    place: 'Room 3',
    link: 'https://training.example/classroom',
  },
  'account-kept': {
    address: 'a•••@example.org',
    link: 'https://training.example/merged?token=abc',
    days: 30,
  },
  'account-closed': {
    address: 'a•••@example.org',
    link: 'https://training.example/merged?token=abc',
    days: 30,
  },
  'account-reopened': { link: 'https://training.example/sign-in' },
  'merge-undone': { link: 'https://training.example/sign-in' },
  'former-address': { address: 'a•••@example.org', link: 'https://training.example/sign-in' },
  'entries-merged': {
    organisation: 'Northern Air',
    link: 'https://training.example/merged?token=abc',
    days: 30,
  },
  'erasure-decided': {
    organisation: null,
    reason: 'Nothing prevents it.',
    link: 'https://training.example/privacy',
  },
  'erasure-refused': {
    reason: 'An inquiry is going on.',
    link: 'https://training.example/account/data',
  },
  'asked-erasure-decided': {
    reason: 'Nothing prevents it.',
    link: 'https://training.example/learning',
  },
  'asked-erasure-refused': {
    reason: 'An inquiry is going on.',
    link: 'https://training.example/learning',
  },
  'administrator-made': { link: 'https://training.example/admin' },
  'administrator-ended': { link: 'https://training.example/learning' },
  'role-given': {
    organisation: 'Northern Air',
    role: 'Manager · Lyon',
    period: 'From 24 November 2026',
    link: 'https://training.example/roles',
  },
  'role-ended': {
    organisation: 'Northern Air',
    role: 'Manager · Lyon',
    end: 'The last day is 24 November 2026.',
    link: 'https://training.example/roles',
  },
  'token-ending': {
    token: 'Staff directory',
    organisation: 'Northern Air',
    until: '24 November 2026, 08:00',
    link: 'https://training.example/organisations/1/tokens',
  },
  'provider-certificate': {
    provider: 'Northern SAML',
    organisation: 'Northern Air',
    until: '24 November 2026',
    link: 'https://training.example/organisations/1/sign-in/providers/2',
  },
  'domain-lapsed': {
    domain: 'northern.example',
    organisation: 'Northern Air',
    link: 'https://training.example/organisations/1/sign-in',
  },
  'course-sent': {
    organisation: 'Northern Air',
    link: 'https://training.example/sent-course?token=abc',
    until: '24 November 2026',
  },
  'course-requested': {
    by: 'Ben Adler',
    course: 'Law enforcement',
    where: 'Northern Air',
    reason: 'Our recruits begin in May',
    link: 'https://training.example/organisations/1/course-requests/2',
  },
  'course-answered': {
    isGranted: true,
    course: 'Law enforcement',
    where: 'Lyon · Northern Air',
    answer: null,
    link: 'https://training.example/organisations/1/courses',
  },
  'duties-escalated': {
    organisation: 'Northern Air',
    duties: ['Ada Marlow: Crew, due on 3 June 2026.'],
    more: 2,
    link: 'https://training.example/organisations/1/standings?shown=overdue',
  },
  'digest-due': {
    organisation: 'Northern Air',
    lists: [
      { text: '2 people are overdue', href: 'https://training.example/organisations/1/standings?shown=gap' },
    ],
    link: 'https://training.example/organisations/1/standings',
    optOut: 'https://training.example/weekly-summary?token=1',
  },
  'duties-due': {
    organisation: 'Northern Air',
    duties: ['Crew: complete it by 24 November 2026.'],
    isOverdue: false,
    link: 'https://training.example/learning',
  },
  'invitation-undone': { organisation: 'Northern Air', link: 'https://training.example/learning' },
  'room-opened': {
    ...{
      organisation: 'Northern Air',
      title: 'Autumn inspection',
      keeper: 'Otto Berg',
      last: '6 December 2026',
    },
    link: 'https://training.example/room-link?token=abc',
  },
  'room-asked': {
    ...{ title: 'Autumn inspection', last: '6 December 2026' },
    link: 'https://training.example/organisations/1/evidence/rooms/2',
  },
  'room-answered': {
    ...{ organisation: 'Northern Air', title: 'Autumn inspection' },
    link: 'https://training.example/rooms/2/requests',
  },
  'certificate-issued': { link: 'https://training.example/certificates/1', validUntil: '24 November 2027' },
  'result-changed': {
    link: 'https://training.example/attempts/1',
    change: 'passed',
    date: '24 November 2026',
  },
  'certificate-revoked': {
    link: 'https://training.example/certificates/1',
    date: '24 November 2026',
    reason: 'Replaced',
  },
  'certificate-suspended': {
    link: 'https://training.example/certificates/1',
    date: '24 November 2026',
    reason: 'Under review',
  },
  'certificate-replaced': {
    link: 'https://training.example/certificates/2',
    validUntil: '24 November 2027',
    reason: 'The name was corrected',
  },
  'renewal-due': {
    link: 'https://training.example/certificates/1',
    until: '24 November 2027',
    opens: '25 September 2027',
    isRestricted: false,
    optOut: 'https://training.example/reminders?token=abc',
  },
  'lines-due': {
    count: 2,
    until: '23 May 2027',
    isOver: false,
    link: 'https://training.example/admin/reporting-lines',
  },
  invitation: {
    role: 'Manager · Lyon',
    by: 'Please join by 31 December 2026.',
    organisation: 'Northern Air',
    notForMe: 'https://training.example/invitation/not-for-me?token=abc',
    link: 'https://training.example/invitation?token=abc',
    until: '24 November 2026',
  },
  'name-refused': { link: 'https://training.example/certificates/1', answer: 'The ID says otherwise.' },
  refresher: {
    link: 'https://training.example/follow-up/refresher?token=abc',
    optOut: 'https://training.example/follow-up/opt-out?token=abc',
    until: '24 November 2026',
  },
};

const send = <Kind extends NoticeKind>(
  userId: string,
  key: string,
  mailer: ReturnType<typeof keepingMailer>,
  kind: Kind,
) =>
  sendNotice(
    { kind, userId, organisationId: null, key, values: values[kind] },
    { mailer, views, baseUrl: 'https://training.example', contact: 'people@example.org' },
    Date.now(),
  );

const stateOf = async (key: string) =>
  (await row<{ state: string }>('select state from mails where dedupe_key = $1', [key]))?.state ?? null;

const jobsFor = (userId: string) =>
  rows<{
    id: string;
    reaction: string;
    state: string;
    attempts: number;
    lastError: string | null;
  }>(
    `select j.id, j.reaction, j.state, j.attempts, j.last_error as "lastError"
     from jobs j join events e on e.id = j.event_id where e.actor_id = $1 order by j.created_at`,
    [userId],
  );

describe('a notice', () => {
  ownWorld();
  it('is sent once for one occasion, however often the job runs', async () => {
    const { id, email } = await person();
    const [mailer, key] = [keepingMailer(), `test:${randomUUID()}`];
    for (let time = 0; time < 3; time += 1) await send(id, key, mailer, 'password-changed');
    expect(mailer.sent.map(({ to }) => to)).to.deep.equal([email]);
    expect(await stateOf(key)).to.equal('sent');
    await send(id, `test:${randomUUID()}`, mailer, 'password-changed');
    expect(mailer.sent).to.have.length(2);
  });

  it('is retried after a failure as the same mail', async () => {
    const { id } = await person();
    const [mailer, key] = [keepingMailer(1), `test:${randomUUID()}`];
    const failed = await send(id, key, mailer, 'password-changed').then(
      () => null,
      (fault: unknown) => fault,
    );
    expect(failed).to.be.an.instanceOf(Error);
    expect(await stateOf(key)).to.equal('sending');
    await send(id, key, mailer, 'password-changed');
    expect(await stateOf(key)).to.equal('sent');
    expect(mailer.sent).to.have.length(1);
    expect(mailer.tried[0]).to.equal(mailer.tried[1]);
    expect(mailer.tried[0]).to.match(/^<[0-9a-f]{32}@training\.example>$/);
  });

  it('has a Message-ID of its own for each occasion', async () => {
    const { id } = await person();
    const mailer = keepingMailer();
    for (let time = 0; time < 3; time += 1)
      await send(id, `test:${randomUUID()}`, mailer, 'password-changed');
    expect(new Set(mailer.tried).size).to.equal(3);
  });

  it('is not sent to an unknown person', async () => {
    const mailer = keepingMailer();
    const key = `test:${randomUUID()}`;
    await send(randomUUID(), key, mailer, 'password-changed');
    expect(mailer.tried).to.deep.equal([]);
    expect(await stateOf(key)).to.equal(null);
  });

  for (const kind of Object.keys(values) as NoticeKind[]) {
    it(`of the kind ${kind} is complete in both forms, has a neutral subject and fetches nothing`, async () => {
      const { id } = await person({ name: `O'Neill <b>"Ada"</b> & Co` });
      const mailer = keepingMailer();
      await send(id, `test:${randomUUID()}`, mailer, kind);
      const [mail] = mailer.sent;
      const { link } = values[kind] as { link: string };
      expect(mail?.subject).to.equal(said(`mail.subject.${kind}`));
      expect(mail?.subject)
        .not.to.match(/traffick|abuse|exploit|child/i)
        .and.not.include(NAME);
      expect(mail?.text).to.include(link);
      expect(mail?.html).to.include(`href="${link}"`);
      // Mail to an address that nobody has confirmed repeats nothing that was typed.
      const named = !NAMELESS.includes(kind);
      expect(mail?.text.includes(`O'Neill <b>"Ada"</b> & Co`)).to.equal(named);
      expect(mail?.html.includes('O&#39;Neill &lt;b&gt;')).to.equal(named);
      expect(mail?.html).not.to.match(/<(?:script|link|iframe)\b|<b>|url\(/i);
      const pictures = [...(mail?.html ?? '').matchAll(/\bsrc="([^"]*)"/gi)].map(([, address]) => address);
      expect(pictures).to.deep.equal(['cid:mark@training']);
      expect(mail?.hasMark).to.equal(true);
      expect(mail?.replyTo).to.equal('people@example.org');
      expect(mail?.text).to.include(`${said('components.contact')}\npeople@example.org\n`);
      expect(mail?.html).to.include('href="mailto:people@example.org"');
      // Mail programs fold away the signature.
      expect(mail?.text.split('\n-- \n')[1]).to.equal(`${NAME}\n`);
      for (const text of [mail?.text, mail?.html])
        expect(text).not.to.match(/undefined|\[object|\{\w+\}|mail\.\w+\./);
    });
  }
});

describe('mail while the mail server is away', () => {
  ownWorld();
  afterEach(() => world().mailbox.setAway(false));

  it('is retried later and sent once, and holds up nothing else', async () => {
    const { id, email } = await person();
    world().mailbox.setAway(true);
    const before = world().logged.length;
    await requestReset(email, { key: world().secrets.links, now: Date.now() });
    await world().worker.drain();

    const [waiting, ...more] = await jobsFor(id);
    expect(more).to.deep.equal([]);
    // On a slow machine it may have been tried more than once by now.
    expect(waiting).to.include({ reaction: 'mail.reset-password', state: 'ready' });
    expect(waiting?.attempts).to.be.at.least(1);
    const written = world()
      .logged.slice(before)
      .filter(line => line.includes('job failed') && line.includes(`"${waiting?.id}"`));
    expect(written.length).to.be.at.least(1);
    expect(`${written.join('')}${waiting?.lastError ?? ''}`)
      .not.to.include(email)
      .and.not.include('token=');

    const other = await signedIn();
    expect((await other.browser.get('/learning')).status).to.equal(200);
    await other.browser.get('/sign-up');
    const newcomer = `${randomUUID()}@example.org`;
    const page = await other.browser.submit('/sign-up', {
      name: 'New',
      email: newcomer,
      password: 'seven green kites',
    });
    expect(page.path).to.equal('/sign-up/sent');
    await world().worker.drain();
    expect((await holder()).certificate.issuedAt).not.to.equal(null);

    world().mailbox.setAway(false);
    await inTransaction(() => rows(`update jobs set run_at = 0 where state = 'ready'`));
    await endLanePause('mail');
    expect((await mailsTo(email)).map(({ subject }) => subject)).to.deep.equal([
      said('mail.subject.reset-password'),
    ]);
    expect(await mailsTo(newcomer)).to.have.length(1);
    expect((await jobsFor(id)).map(({ state }) => state)).to.deep.equal(['done']);
  });

  it('that was sent just before a crash is sent again under the same Message-ID', async () => {
    const { id, email } = await person();
    await requestReset(email, { key: world().secrets.links, now: Date.now() });
    expect(await mailsTo(email)).to.have.length(1);
    const [job] = await jobsFor(id);
    await inTransaction(async () => {
      await rows(`update mails set state = 'sending', sent_at = null where user_id = $1`, [id]);
      await rows(`update jobs set state = 'running', lease_until = 0 where id = $1`, [job?.id ?? '']);
    });
    const mails = await mailsTo(email);
    expect(mails).to.have.length(2);
    expect(mails[0]?.messageId).to.equal(mails[1]?.messageId);
  });

  it('that was sent is not sent again when only the job is retried', async () => {
    const { id, email } = await person();
    await requestReset(email, { key: world().secrets.links, now: Date.now() });
    expect(await mailsTo(email)).to.have.length(1);
    const [job] = await jobsFor(id);
    await inTransaction(() =>
      rows(`update jobs set state = 'ready', run_at = 0 where id = $1`, [job?.id ?? '']),
    );
    expect(await mailsTo(email)).to.have.length(1);
    expect((await jobsFor(id))[0]).to.include({ state: 'done', attempts: 2 });
  });
});
