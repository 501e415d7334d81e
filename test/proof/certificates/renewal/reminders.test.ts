import { expect } from 'chai';
import type { CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { announceRenewals } from '../../../../server/proof/certificates/renewal/reminders.js';
import { openRenewal } from '../../../../server/proof/certificates/renewal/renew.js';
import { revoke, suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { supersede } from '../../../../server/proof/certificates/lifecycle/supersede.js';
import { translator } from '../../../../server/platform/i18n/i18n.js';
import { chooseMail } from '../../../../server/people/organisations/mail-choices.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { mailedLink } from '../../../people/accounts/mailed-links.js';
import { RESTRICTED } from '../../../support/grants.js';
import { dina, person, type Person } from '../../../support/people.js';
import { almostThrough } from '../../../support/walk.js';
import { completed, expire, holder, signedInHolder } from '../../../support/holders.js';
import { count, write } from '../../../support/rows.js';
import { dismiss } from '../../../support/roles.js';
import { plain, send } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';
import { said } from '../../../support/said.js';
import { likeSaid } from '../pages.js';

const DAY = 86_400_000;

/** Tells of what is due, now or so many days from now, and waits for the mail. */
async function announce(inDays = 0): Promise<void> {
  await announceRenewals(Date.now() + inDays * DAY);
  // What happened on a day to come is due then; here it has come.
  await write('update jobs set run_at = $1 where run_at > $1', [Date.now()]);
  await world().worker.drain();
}

const reminded = ({ email }: Pick<Person, 'email'>): number =>
  world()
    .mailbox.to(email)
    .filter(({ subject }) => subject === said('mail.subject.renewal-due')).length;

async function endingIn(days: number) {
  const held = await holder();
  await expire(held.certificate, 365 - days);
  return held;
}

const stages = async ({ cycleId }: Pick<CertificateFacts, 'cycleId'>) =>
  (await write('select days from renewal_reminders where cycle_id = $1 order by days desc', [cycleId])).map(
    row => Number((row as { days: number }).days),
  );

describe('reminders that a certificate expires', () => {
  ownWorld();
  it('are sent 90, 60, 30 and 7 days and 1 day before, once each', async () => {
    const { holder: ada, certificate } = await endingIn(91);
    const told: number[] = [];
    for (const day of [0, 2, 3, 30, 32, 50, 62, 63, 80, 85, 86, 89, 90.5]) {
      await announce(day);
      told.push((await stages(certificate)).length);
    }
    expect(told).to.deep.equal([0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5]);
    expect(await stages(certificate)).to.deep.equal([90, 60, 30, 7, 1]);
    expect(
      await count('events where name = $1 and payload like $2', ['renewal.due', `%${certificate.id}%`]),
    ).to.equal(5);
    expect(reminded(ada)).to.equal(5);
  });

  it('link to the certificate and to the choice of mails, and do not name the topic', async () => {
    const { holder: ada, certificate } = await endingIn(80);
    await announce();
    const mail = world().mailbox.to(ada.email).at(-1);
    expect(mail?.text).to.include(`/certificates/${certificate.id}`).and.include('/reminders?token=');
    expect(`${mail?.subject} ${mail?.text}`).to.not.match(/traffick|abuse|airline/i);
    // The parser gathers the two headers of one-click unsubscribing (RFC 8058) under "list".
    expect(JSON.stringify(mail?.headers.get('list')))
      .to.include('/reminders?token=')
      .and.include('One-Click');
  });

  for (const [days, key] of [
    [80, 'later'],
    [59, 'now'],
    [20, 'now'],
    [0.9, 'now'],
  ] as const) {
    it(`ask for what can be done ${days} days before: ${key}`, async () => {
      const { holder: ada } = await endingIn(days);
      await announce();
      const texts = ['now', 'later'].map(each => translator('en')(`mail.renewalDue.${each}`, { opens: '§' }));
      const [now, later] = texts.map(text => text.split('§')[0] ?? '');
      const mail = plain(world().mailbox.to(ada.email).at(-1)?.text ?? '');
      expect([mail.includes(now ?? '-'), mail.includes(later ?? '-')]).to.deep.equal([
        key === 'now',
        key === 'later',
      ]);
    });
  }

  it('do not ask people to renew a course that is no longer open to them', async () => {
    const ada = await person();
    const { certificate } = await completed(ada, RESTRICTED);
    await expire(certificate, 365 - 20);
    await announce();
    const mail = plain(world().mailbox.to(ada.email).at(-1)?.text ?? '');
    const words = (key: string) => plain(translator('en')(`mail.renewalDue.${key}`));
    expect(reminded(ada)).to.equal(1);
    expect(mail).to.include(words('restricted')).and.not.include(words('now'));
  });

  it('are sent for the nearest stage only, after a time without the worker', async () => {
    const { holder: ada, certificate } = await endingIn(5);
    await announce();
    expect(await stages(certificate)).to.deep.equal([7]);
    expect(reminded(ada)).to.equal(1);
  });

  it('are recorded once when many workers announce together', async () => {
    const { holder: ada, certificate } = await endingIn(20);
    await Promise.all(Array.from({ length: 10 }, () => announceRenewals(Date.now())));
    await world().worker.drain();
    expect(await stages(certificate)).to.deep.equal([30]);
    expect(reminded(ada)).to.equal(1);
  });

  it('are sent once for each cycle, even when the certificate is corrected in between', async () => {
    const { holder: ada, certificate } = await endingIn(20);
    await announce();
    const by = { actorId: (await dina()).id, now: Date.now() };
    await supersede(certificate.id, { facts: { name: 'Ada Brandt' }, reason: 'name-corrected' }, by);
    await world().worker.drain();
    await announce();
    expect(reminded(ada)).to.equal(1);
  });

  it('are left out for a stage longer than the whole validity', async () => {
    const { certificate } = await endingIn(20);
    await write('update certificates set awarded_at = $1 where id = $2', [
      Date.now() - 2 * DAY,
      certificate.id,
    ]);
    await announce();
    expect(await stages(certificate)).to.deep.equal([]);
  });

  it('are not sent after the renewal, but still while it is under way', async () => {
    const { cycle, certificate, holder: ada } = await endingIn(31);
    const next = await openRenewal(cycle.enrolmentId, { timeZone: 'Europe/Oslo', now: Date.now() });
    await announce(2);
    expect(await stages(certificate)).to.deep.equal([30]);
    await almostThrough(next, []);
    await announce(25);
    expect(await stages(certificate)).to.deep.equal([30]);
    expect(reminded(ada)).to.equal(1);
  });

  it('are not sent for revoked, suspended or expired certificates, nor to people who left or are blocked', async () => {
    const by = { actorId: (await dina()).id, now: Date.now() };
    const [gone, paused, past, left, out] = [
      await endingIn(20),
      await endingIn(20),
      await endingIn(-1),
      await endingIn(20),
      await endingIn(20),
    ];
    await revoke(gone.certificate, { reason: 'not-earned', note: null }, by);
    await suspend(paused.certificate, { reason: 'under-review', note: null }, by);
    await dismiss(left.holder);
    await write('update users set disabled_at = 1 where id = $1', [out.holder.id]);
    await announce();
    for (const { certificate } of [gone, paused, past, left, out])
      expect(await stages(certificate)).to.deep.equal([]);
  });

  it('are not sent when the state changed between the event and the mail', async () => {
    const { holder: ada, certificate } = await endingIn(20);
    await announceRenewals(Date.now());
    const { userId, organisationId } = certificate;
    await chooseMail(
      'reminders',
      { userId, organisationId },
      { isOn: false, by: 'account', now: Date.now() },
    );
    await world().worker.drain();
    expect(await stages(certificate)).to.deep.equal([30]);
    expect(reminded(ada)).to.be.at.most(1);
  });

  it('are turned off by the mailed link, without signing in, and on again', async () => {
    const { holder: ada, certificate } = await endingIn(40);
    await announce();
    const link = await mailedLink(ada.email, '/reminders');
    const visitor = world().visitor();
    const page = await visitor.get(link);
    expect(plain(page.text)).to.not.include('Marlow');
    // What a mail program sends: no page, no cookie, no token but the one in the address.
    const clicked = await world().visitor().post(link, { 'List-Unsubscribe': 'One-Click' });
    expect(plain(clicked.text)).to.include(said('reminders.off'));
    expect(plain(clicked.text)).to.match(likeSaid('reminders.onlyFor', 'organisation'));
    expect(linksIn(clicked.text, /^\/certificates$/)).to.not.be.empty;
    await announce(20);
    expect(await stages(certificate)).to.deep.equal([60]);
    await visitor.get(link);
    await visitor.submit('/reminders/mailed-choice');
    await announce(20);
    expect(await stages(certificate)).to.deep.equal([60, 30]);
  });

  it('are turned off only by a link of ours', async () => {
    for (const token of ['', 'none', `${crypto.randomUUID()}.x`]) {
      const page = await world().visitor().post(`/reminders?token=${token}`, {});
      expect(page.status, token).to.equal(404);
    }
  });

  it('are turned off and on in the account, only for one of the person’s organisations', async () => {
    const { holder: ada, certificate } = await signedInHolder();
    await expire(certificate, 345);
    await ada.browser.get('/reminders');
    expect(plain((await ada.browser.submit('/reminders/choice', { reminders: 'off' })).text)).to.include(
      said('reminders.off'),
    );
    await announce();
    expect(await stages(certificate)).to.deep.equal([]);
    const fields = { organisation: crypto.randomUUID(), reminders: 'off' };
    expect((await send(ada.browser, '/reminders/choice', fields)).status).to.equal(404);
    expect((await world().visitor().get('/reminders')).path).to.include('/sign-in');
  });
});
