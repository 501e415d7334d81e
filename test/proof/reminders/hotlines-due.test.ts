import { expect } from 'chai';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { remindOfHotlines } from '../../../server/proof/reminders/hotlines-due.js';
import type { Mail } from '../../../server/people/mails/mailer.js';
import { person } from '../../support/people.js';
import { write } from '../../support/rows.js';
import { ownWorld, world } from '../../support/world.js';

const views = installedViews();
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** Run the routine on these days, with a mail server that fails a number of times for one address. */
async function remind(days: readonly string[], fails: { to: string; times: number } | null = null) {
  const sent: Mail[] = [];
  let left = fails?.times ?? 0;
  const mailer = {
    close: () => undefined,
    send: (mail: Mail) => {
      if (mail.to === fails?.to && left-- > 0) return Promise.reject(new Error('Not now'));
      sent.push(mail);
      return Promise.resolve();
    },
  };
  const deps = { mailer, views, baseUrl: world().base, contact: null };
  for (const day of days) await remindOfHotlines(deps, at(day)).catch(() => undefined);
  return sent;
}

describe('the reminder of public hotlines', () => {
  ownWorld();
  beforeEach(() => write(`delete from mails where kind = 'lines-due'`));

  it('is sent only to administrators, once at 60, 30, 7 and 0 days', async () => {
    const [admin, other] = [await person({ isAdministrator: true }), await person()];
    const days = [
      '2027-03-23',
      '2027-03-24',
      '2027-03-25',
      '2027-04-23',
      '2027-05-16',
      '2027-05-23',
      '2027-06-30',
    ];
    const sent = await remind([...days, ...days]);
    expect(sent.filter(({ to }) => to === other.email)).to.deep.equal([]);
    const mine = sent.filter(({ to }) => to === admin.email);
    expect(mine).to.have.length(4);
    for (const { text, html } of mine) {
      for (const body of [text, html]) expect(body).to.include(`${world().base}/admin/reporting-lines`);
    }
  });

  it('is sent to one although another could not be reached, and to that one at the next run', async () => {
    const [first, second] = [
      await person({ isAdministrator: true }),
      await person({ isAdministrator: true }),
    ];
    const sent = await remind(['2027-03-24', '2027-03-25'], { to: first.email, times: 1 });
    for (const { email } of [first, second]) expect(sent.filter(({ to }) => to === email)).to.have.length(1);
  });

  it('is not sent to an administrator who is blocked', async () => {
    const admin = await person({ isAdministrator: true });
    await write('update users set disabled_at = 1 where id = $1', [admin.id]);
    expect((await remind(['2027-04-01'])).filter(({ to }) => to === admin.email)).to.deep.equal([]);
  });
});
