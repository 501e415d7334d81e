import { makeJoinCode, type AskedCode } from '../../../../server/people/organisations/joining/join-codes.js';
import { joinPath } from '../../../../server/people/organisations/joining/code-text.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { linkMailedTo } from '../../accounts/mails.js';
import { PASSWORD } from '../../../support/people.js';
import { row, rows } from '../../../support/rows.js';
import { world } from '../../../support/world.js';

/** A code of an organisation that works since long ago. */
export const codeOf = (organisationId: string, asked: Partial<AskedCode> = {}): Promise<string> =>
  makeJoinCode(
    { unitId: null, courseSlug: null, fromDay: '2020-01-01', untilDay: null, mostPeople: null, ...asked },
    { organisationId, actorId: null, now: Date.now() },
  );

/** Somebody without an account. */
export const newcomer = () => ({ name: 'Zoë Lindqvist', email: `zoe-${newId()}@example.org` });

/** Fills in the form on the page of a code; without a password, a mailed link signs in. */
export async function signUpBy(
  code: string,
  fields: { name: string; email: string; password?: string },
  browser: Client = world().visitor(),
): Promise<Page> {
  await browser.get(joinPath(code));
  return browser.submit(joinPath(code), { password: '', ...fields });
}

/** Joins by a code as somebody new: signs up, and opens the mailed link. Returns the browser, on the page that it led to. */
export async function joined(code: string, { password = '', person = newcomer() } = {}) {
  await signUpBy(code, { ...person, password });
  return { ...person, browser: await opened(person.email) };
}

/** A browser in which the newest link to an address was opened and used. */
export async function opened(email: string): Promise<Client> {
  const browser = world().visitor();
  const link = await linkMailedTo(email);
  await browser.get(link);
  const confirms = link.startsWith('/confirm');
  await browser.submit(confirms ? '/confirm' : '/arrival', confirms ? { password: PASSWORD } : {});
  return browser;
}

/** What an organisation holds of the account with this address; null: nothing. */
export const memberWith = (organisationId: string, email: string) =>
  row<{ id: string; unit: string | null; employment: string }>(
    `select m.id, p.unit_id as unit, m.employment from memberships m join users u on u.id = m.user_id
     left join placements p on p.membership_id = m.id and p.retired_at is null and p.to_day is null and p.is_home
     where m.organisation_id = $1 and u.email = $2`,
    [organisationId, email],
  );

/** What the organisation's log tells of codes. */
export const toldOf = async (organisationId: string): Promise<string[]> =>
  (
    await rows<{ name: string }>(
      `select name from events where organisation_id = $1 and name like 'join-code.%' order by seq`,
      [organisationId],
    )
  ).map(({ name }) => name);
