import { formatMoment, type Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import type { ListedToken } from './api-tokens.js';
import { scopesIn } from './scopes.js';

export const tokensHome = (organisationId: string): string => `/organisations/${organisationId}/tokens`;

/** Somebody should make the next one: so long before its end (ms). */
export const SOON = 14 * 86_400_000;

export type TokenState = 'works' | 'expiring' | 'expired' | 'withdrawn';

/** How a token stands at a moment. */
export function tokenState(
  { endedAt, expiresAt }: Pick<ListedToken, 'endedAt' | 'expiresAt'>,
  now: number,
): TokenState {
  if (endedAt !== null) return 'withdrawn';
  if (expiresAt <= now) return 'expired';
  return expiresAt - now <= SOON ? 'expiring' : 'works';
}

/** A token as its list shows it. */
export function tokenValues(token: ListedToken, place: Place, now: number) {
  const state = tokenState(token, now);
  const works = state === 'works' || state === 'expiring';
  const made = formatMoment(Number(token.madeAt), place);
  return {
    ...{ id: token.id, name: token.name, beginning: token.beginning, state },
    stateText: spoken(`apiTokens.state.${state}`),
    scopes: (scopesIn(token.scopes) ?? []).map(scope => spoken(`apiTokens.scope.${scope}`)),
    made:
      token.madeBy === null
        ? spoken('apiTokens.madeByCommand', { moment: made })
        : spoken('apiTokens.madeBy', { moment: made, name: token.madeBy }),
    until: works ? spoken('apiTokens.until', { moment: formatMoment(Number(token.expiresAt), place) }) : null,
    used: usedText(token.usedAt, place),
    end: works ? `${tokensHome(token.organisationId)}/${token.id}/end` : null,
  };
}

/** When it was used last, to the minute. */
export const usedText = (usedAt: number | null, place: Place): string =>
  usedAt === null
    ? spoken('apiTokens.unused')
    : spoken('apiTokens.used', { moment: formatMoment(Number(usedAt), place) });
