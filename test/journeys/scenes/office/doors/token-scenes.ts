import { makeToken } from '../../../../../server/people/api-tokens/api-tokens.js';
import { dina } from '../../../../support/people.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { write } from '../../../../support/rows.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, send, type Scene } from '../../scene.js';

/** Tokens by which programs of an organisation prove themselves. */
export async function tokenScenes(): Promise<Scene[]> {
  const [{ browser, id }, organisationId] = [await dina(), await otherOrganisation()];
  const by = { organisationId, actorId: id, now: Date.now() };
  const scopes = ['people.read', 'people.write'] as const;
  for (const [name, days] of [
    ['Withdrawn', 90],
    ['Staff directory of the Maximiliane-Friederike-Akademie', 180],
    ['Payroll', 7],
  ] as const)
    await makeToken({ name, scopes, days }, by);
  await makeToken({ name: 'Last year', scopes: ['people.read'], days: 30 }, { ...by, now: 1e12 });
  await write(`update api_tokens set ended_at = $1 where name = 'Withdrawn'`, [Date.now()]);
  const see = seenBy(browser);
  const home = `/organisations/${organisationId}/tokens`;
  return [
    see('tokens', `${home}?done=token-ended`),
    see('tokens-none', `/organisations/${await otherOrganisation()}/tokens`),
    see('token-new', `${home}/new`),
    see('token-new-wrong', `${home}/new`, refused(`${home}/new`, { name: '' })),
    see('token-made', `${home}/new`, async page => {
      await page.locator('#name').fill('HR');
      await send(page);
    }),
    see('tokens-of-all', '/admin/tokens'),
  ];
}
