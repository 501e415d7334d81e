import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../../organisations/navigation.js';
import { organisationHead } from '../../organisations/organisation-tabs.js';
import { signedIn } from '../../../policy.js';
import { meaningOf, nameIn, valuesOfClaim, vouchedAddress, type Arriving } from '../claim-rules.js';
import { organisationOfAddress } from '../domains/domains.js';
import { providerHome } from './provider-page.js';
import type { ProviderFacts } from './providers.js';
import { rulesOf } from './provider-rules.js';

/** What a provider said of whoever tried it, and what that would have meant for somebody who signs in. */
export async function showTest(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { provider, said }: { provider: ProviderFacts; said: Arriving },
): Promise<void> {
  const actor = signedIn(actorOf(req));
  const { organisationId: id, organisation: name } = provider;
  const email = vouchedAddress(said);
  const isOwn = email !== null && (await organisationOfAddress(email)) === id;
  const rules = await rulesOf(provider.id);
  const { unitId, job, roles } = meaningOf(said, rules);
  const unit = rules.find(rule => rule.unitId === unitId)?.unit ?? provider.unit;
  const page = {
    organisation: organisationHead({ id, name }, actor),
    provider: provider.name,
    back: providerHome(provider),
    address: email === null ? ('none' as const) : isOwn ? ('own' as const) : ('foreign' as const),
    facts: [
      { label: spoken('accounts.name'), value: nameIn(said, email ?? '–@') },
      { label: spoken('accounts.email'), value: email ?? '–' },
      { label: spoken('identity.rule.unit'), value: unit ?? '–' },
      { label: spoken('identity.rule.job'), value: job ?? '–' },
      {
        label: spoken('identity.rule.role'),
        value: roles.map(({ role }) => spoken(`roles.role.${role}`)).join(', ') || '–',
      },
    ],
    claims: Object.keys(said)
      .sort()
      .map(claim => [
        { text: claim, isName: true },
        { text: valuesOfClaim(said, claim).join(', ').slice(0, 300), isName: true },
      ]),
  };
  show(req, res, 'people/identity/test', page, { nav: navFor(actor) });
}
