import { entranceOf } from '../../../../server/people/organisations/entry/entrances.js';
import { entryCodeText, makeEntryCodes } from '../../../../server/people/organisations/entry/entry-codes.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { member } from '../../../support/organisations.js';
import { row } from '../../../support/rows.js';
import { world } from '../../../support/world.js';

export const PIN = '4711 north';

/** What is printed on somebody's card, as the forms name it. */
export interface Card {
  readonly organisation: string;
  readonly staffNumber: string;
  readonly code: string;
  readonly membership: string;
}

/** Somebody on an organisation's list who has a staff number, no address, and a card. */
export async function withCard(
  organisation: OrganisationFacts,
  {
    staffNumber = 'K0042',
    name = 'Mara Lind',
    unitId,
  }: { staffNumber?: string; name?: string; unitId?: string } = {},
): Promise<Card> {
  const home = unitId === undefined ? {} : { home: { unitId, job: null } };
  const membership = await member(organisation, { name, staffNumber, ...home });
  return cardOf(organisation, { membership, staffNumber });
}

/** A new card for somebody; it replaces the one before. */
export async function cardOf(
  { id: organisationId }: Pick<OrganisationFacts, 'id'>,
  { membership, staffNumber }: { membership: string; staffNumber: string },
): Promise<Card> {
  const now = Date.now();
  await makeEntryCodes([membership], { organisationId, actorId: null, now });
  const open = await row<{ id: string }>(
    'select id from entry_codes where membership_id = $1 and ended_at is null',
    [membership],
  );
  const code = entryCodeText(world().secrets.links, open?.id ?? '');
  return { organisation: await entranceOf(organisationId, now), staffNumber, code, membership };
}

/** Comes in by a card, and chooses a PIN. */
export async function comeIn(
  { organisation, staffNumber, code }: Omit<Card, 'membership'>,
  pin = PIN,
  browser: Client = world().visitor(),
): Promise<Client & { last: Page }> {
  await browser.get('/staff/first');
  await browser.submit('/staff/first', { organisation, staffNumber, code, pin });
  return browser as Client & { last: Page };
}

/** Signs in with a staff number and a PIN. */
export async function signInBy(
  { organisation, staffNumber }: Pick<Card, 'organisation' | 'staffNumber'>,
  pin = PIN,
  browser: Client = world().visitor(),
): Promise<Client & { last: Page }> {
  await browser.get(`/staff?organisation=${organisation}`);
  await browser.submit('/staff', { organisation, staffNumber, pin });
  return browser as Client & { last: Page };
}
