import type { Config } from '../../../config.js';
import { isId } from '../../../platform/lib/ids.js';
import { signInAddress } from '../enforcement.js';
import type { ProviderFacts } from '../providers/providers.js';

/** As the router knows it. */
export const SAML_SIGN_OUT = '/sign-in/organisation/:id/saml/:provider/sign-out';

/** To where a SAML provider sends a browser with word that somebody signed out there: of each its own, so that it is told which one is meant. */
export const samlSignOutAt = (
  { config }: { readonly config: Pick<Config, 'baseUrl'> },
  { organisationId, id }: Pick<ProviderFacts, 'organisationId' | 'id'>,
): string => `${config.baseUrl}${signInAddress(organisationId)}/saml/${id}/sign-out`;

const [BEFORE, BETWEEN, BEHIND] = SAML_SIGN_OUT.split(/:\w+/);

/** Whether a path is such an address, to the letter. */
export function isSamlSignOut(path: string): boolean {
  const { 3: organisation, 5: provider } = path.split('/');
  return (
    path === `${BEFORE}${organisation}${BETWEEN}${provider}${BEHIND}` && isId(organisation) && isId(provider)
  );
}
