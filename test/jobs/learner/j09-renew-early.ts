import { expect } from 'chai';
import { DateTime } from 'luxon';
import { certificateOf } from '../../../server/proof/certificates/queries.js';
import { announceRenewals } from '../../../server/proof/certificates/renewal/reminders.js';
import { newestCycle } from '../../../server/teaching/learning/enrolments.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { dayWords } from '../../../server/people/organisations/day-words.js';
import { remindOfDuties } from '../../../server/proof/reminders/duties/remind.js';
import { visit } from '../../journeys/browsing/visit.js';
import { hiredLongAgo } from '../../proof/reports/overdue.js';
import { completed, reckoned, required } from '../../proof/reports/reckoned.js';
import { expire, signedInHolder } from '../../support/holders.js';
import { employer } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { almostThrough } from '../../support/walk.js';
import { world } from '../../support/world.js';

export const id = 'J9';
export const title =
  'was told 90, 60, 30 and 7 days before the end, with a requirement and without; renewed six weeks early, kept the anniversary, and was told no more';

const DAY = 86_400_000;
const PHONE = { viewport: { width: 360, height: 740 } };
/** Days before the end on which somebody is told. Today there are 91 left. */
const STAGES = [90, 60, 30, 7] as const;

export async function walk(): Promise<void> {
  await withoutRequirement();
  await withRequirement();
}

/** By the certificate's own reminders: one person waits, the other renews. */
async function withoutRequirement(): Promise<void> {
  const [waits, ada] = [await signedInHolder('Ben Okoro'), await signedInHolder()];
  for (const { certificate } of [waits, ada]) await expire(certificate, 365 - 91);
  for (const days of STAGES.slice(0, 2)) await tellOfRenewals(91 - days);
  expect([told('renewal-due', waits.holder), told('renewal-due', ada.holder)]).to.deep.equal([2, 2]);

  await expire(ada.certificate, 365 - 42);
  const end = Number((await certificateOf(ada.cycle.id))?.validUntil);
  const old = `/certificates/${ada.certificate.id}`;
  const { page, close, expectQuiet } = await visit(ada.holder.browser, PHONE);
  await page.goto(old);
  await page.locator(`form[action="${old}/renewal"] button`).click();
  await page.waitForURL('**/learning/*');
  const next = await newestCycle(ada.cycle.enrolmentId);
  if (!next) throw new Error('Nothing was begun');
  await almostThrough(next, []);
  const renewed = await certificateOf(next.id);
  // From the day of the renewal it would be six weeks less, and at most a month more to the month's end.
  expect(Number(renewed?.validUntil)).to.be.greaterThan(end + 360 * DAY);
  await page.goto(old);
  await page.locator(`main a[href="/certificates/${renewed?.id}"]`).first().click();
  await page.locator(`main a[href="${old}"]`).first().waitFor();
  expectQuiet();
  await close();

  for (const days of STAGES.slice(2)) await tellOfRenewals(91 - days);
  expect([told('renewal-due', waits.holder), told('renewal-due', ada.holder)]).to.deep.equal([4, 2]);
}

/** By the reminders of a requirement whose own rule keeps the anniversary. */
async function withRequirement(): Promise<void> {
  const organisation = await employer();
  const today = dayOf(Date.now(), organisation.timeZone);
  const since = daysAfter(today, -(365 - 91));
  const validity = { months: 12, snap: 'none', counts: 'from-previous-end', opens: 60 } as const;
  const rule = { renewal: { kind: 'own', validity }, reminders: [...STAGES] } as const;
  await required(organisation, { fromDay: daysAfter(today, -300), rule });
  const [waits, renews] = [
    await hiredLongAgo(organisation, { name: 'Wim Waits' }),
    await hiredLongAgo(organisation, { name: 'Rita Renews' }),
  ];
  for (const { membershipId } of [waits, renews]) await completed(organisation, membershipId, { on: since });
  await reckoned(organisation);
  for (const days of STAGES.slice(0, 2)) await tellOfDuties(daysAfter(today, 91 - days));
  await completed(organisation, renews.membershipId, { on: daysAfter(today, 91 - 42), said: Date.now() });
  await reckoned(organisation);
  for (const days of STAGES.slice(2)) await tellOfDuties(daysAfter(today, 91 - days));
  expect([told('duties-due', waits), told('duties-due', renews)]).to.deep.equal([4, 2]);

  const anniversary = DateTime.fromISO(since).plus({ months: 24 }).toFormat('yyyy-MM-dd');
  const otto = await signedIn({ name: 'Otto Berg' });
  await appoint(otto, 'manager', organisation.id);
  const { page, close, expectQuiet } = await visit(otto.browser, PHONE);
  await page.goto(`/organisations/${organisation.id}/standings?on=${daysAfter(today, 100)}`);
  await page.locator('tr:has-text("Wim Waits") [data-state=overdue]').waitFor();
  expect(await page.locator('tr:has-text("Rita Renews")').innerText()).to.include(dayWords(anniversary));
  expectQuiet();
  await close();
}

const tellOfRenewals = async (inDays: number): Promise<void> => {
  await announceRenewals(Date.now() + inDays * DAY);
  await mailed();
};

const tellOfDuties = async (day: string): Promise<void> => {
  await remindOfDuties(Date.parse(`${day}T12:00:00Z`));
  await mailed();
};

/** What happened on a day to come is due then; here it has come. */
async function mailed(): Promise<void> {
  await write('update jobs set run_at = $1 where run_at > $1', [Date.now()]);
  await world().worker.drain();
}

const told = (kind: 'renewal-due' | 'duties-due', { email }: { readonly email: string }): number =>
  world()
    .mailbox.to(email)
    .filter(({ subject }) => subject === said(`mail.subject.${kind}`)).length;
