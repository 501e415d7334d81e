import type { Card, HotlineCountry, HotlineDirectory } from '../content/schema/types.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { countriesByName } from './hotlines.js';

/** What has been chosen of a card; null where nothing has, or something that does not exist. */
export interface CardChoice {
  readonly country: HotlineCountry | null;
  readonly card: Card | null;
}

/** The form that chooses a card. `isSent`: it was sent, so what is missing is an error. */
export const cardChoicePage = (
  { hotlines, cards }: { hotlines: HotlineDirectory; cards: readonly Card[] },
  { country, card }: CardChoice,
  isSent: boolean,
) => ({
  countries: countriesByName(hotlines).map(({ code, name }) => ({ value: code, label: name })),
  country: country?.code ?? '',
  roles: cards.map(({ role, name, who }) => ({ value: role, text: `${name}. ${who}` })),
  role: card?.role ?? null,
  errors: {
    ...(isSent && !country ? { country: spoken('errors.country') } : {}),
    ...(isSent && !card ? { role: spoken('errors.role') } : {}),
  },
});
