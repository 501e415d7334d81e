import { formatMoment } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { notice } from '../mails/mail-reactions.js';
import { findOrganisation } from '../organisations/memberships.js';
import { endingToken } from './remind-of-tokens.js';
import { tokensHome } from './tokens-page.js';

/** The mail that says that a token ends soon. */
export const apiTokenReactions = {
  'mail.token-ending': notice('api-token.ending', async (event, { mailAll, clock, baseUrl }) => {
    const token = await endingToken(event.payload.tokenId, clock());
    const organisation = token && (await findOrganisation(token.organisationId));
    if (!organisation) return;
    const until = formatMoment(token.expiresAt, hereIn(organisation.timeZone));
    const link = `${baseUrl}${tokensHome(organisation.id)}`;
    const values = { token: token.name, organisation: organisation.name, until, link };
    await mailAll('token-ending', event, token.tell, values);
  }),
};
