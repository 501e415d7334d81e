import type { Door } from '../../door.js';
import { commands } from './commands.js';
import { SAML_ANSWER } from './conversation.js';
import { enforcedFor, isAnsweredFor } from './enforcement.js';
import { identityEvents } from './events.js';
import { identityData } from './identity-data.js';
import { providerSignOut } from './openid/routes-sign-out.js';
import { PROVIDER_SIGN_OUT } from './openid/sign-out-address.js';
import { providerPages } from './providers/routes-providers.js';
import { rulePagesOfProvider } from './providers/routes-rules.js';
import { signInSettings } from './providers/routes-settings.js';
import { identityReactions } from './reactions.js';
import { answerPages } from './routes-answer.js';
import { leadElsewhere } from './routes-elsewhere.js';
import { findPages } from './routes-find.js';
import { ownIdentityPages } from './routes-own.js';
import { identityRoutines } from './routines.js';
import { samlSignOut } from './saml/routes-saml-sign-out.js';
import { samlPages } from './saml/routes-saml.js';
import { isSamlSignOut } from './saml/saml-sign-out-address.js';
import * as identity from './tables.js';

/** Sign-in through an organisation's provider. */
export const door: Door = {
  name: 'identity',
  tables: Object.values(identity),
  personal: { tables: identityData },
  events: identityEvents,
  reactions: identityReactions,
  routines: identityRoutines,
  commands,
  web: {
    // The answer comes from the page of a SAML provider, and is only kept. A sign-out is signed by the provider whose server sends it.
    fromAnywhere: [SAML_ANSWER, PROVIDER_SIGN_OUT, isSamlSignOut],
    signIn: () => ({ enforcedFor, isAnsweredFor }),
    proofFirst: [
      '/account/identities/:id',
      '/organisations/:id/sign-in/domains',
      '/organisations/:id/sign-in/providers',
    ],
    pages: deps => [
      ...[findPages(deps), answerPages(deps, deps.signIn), samlPages(deps), samlSignOut(deps)],
      ...[providerSignOut(deps), ownIdentityPages(deps), signInSettings(deps)],
      ...[providerPages(deps), rulePagesOfProvider(deps)],
    ],
    faults: show => [leadElsewhere(show)],
  },
};
