import type { WebDeps } from '../../../platform/http/deps.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { answerAddress, ourselvesAt, SAML_ANSWER } from '../conversation.js';
import { PROVIDER_SIGN_OUT } from '../openid/sign-out-address.js';
import { samlSignOutAt } from '../saml/saml-sign-out-address.js';
import type { ProviderFacts } from './providers.js';

/** The addresses of ours that whoever runs a provider enters there. */
export function addressesToTell(deps: Pick<WebDeps, 'config'>, provider: ProviderFacts) {
  const { baseUrl } = deps.config;
  const told =
    provider.protocol === 'saml'
      ? [
          { label: spoken('identity.entity'), value: ourselvesAt(deps, provider) },
          { label: spoken('identity.consumer'), value: `${baseUrl}${SAML_ANSWER}` },
          { label: spoken('identity.singleLogout'), value: samlSignOutAt(deps, provider) },
        ]
      : [
          { label: spoken('identity.answer'), value: answerAddress(deps, provider.organisationId) },
          { label: spoken('identity.backChannel'), value: `${baseUrl}${PROVIDER_SIGN_OUT}` },
        ];
  return told.map(each => ({ ...each, code: true }));
}
