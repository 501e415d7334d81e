import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { reissueProgress } from '../lifecycle/reissue-after-compromise.js';
import type { KeyState } from './signing-keys.js';

/** The changes that an administrator can make to a key. Each has a page that asks first. */
export const KEY_STEPS = ['rotation', 'retirement', 'compromise'] as const;
export type KeyStep = (typeof KEY_STEPS)[number];

/** The steps that are open to a key now. */
export function keyStepsOf({ inUse, retiredAt, compromisedAt }: KeyState): KeyStep[] {
  if (compromisedAt !== null) return [];
  if (inUse) return ['rotation', 'compromise'];
  return retiredAt === null ? ['retirement', 'compromise'] : ['compromise'];
}

/** A key in the list of the administrators' page, with the steps that are open to it. */
export async function keyValues(key: KeyState, place: Place) {
  const { id, inUse, retiredAt, compromisedAt } = key;
  const isOut = compromisedAt !== null;
  return {
    ...keyFacts(key, place),
    state: isOut ? 'compromised' : retiredAt !== null ? 'retired' : inUse ? 'inUse' : 'resting',
    replacing: isOut ? await reissueProgress(id) : null,
    steps: keyStepsOf(key).map(step => ({
      href: `/admin/keys/${id}/${step}`,
      text: spoken(`keys.${step}.link`),
    })),
  };
}

/** A key on the page that asks before a step. */
export const keyFacts = ({ id, signed, createdAt, retiredAt, compromisedAt }: KeyState, place: Place) => ({
  id,
  signed,
  since: formatDate(compromisedAt ?? retiredAt ?? createdAt, place),
});

/** The state of a key in words, for everybody. */
export function keyStateInWords(
  { inUse, retiredAt, compromisedAt, createdAt }: KeyState,
  place: Place,
): string {
  const on = (ms: number) => ({ date: formatDate(Number(ms), place) });
  if (compromisedAt !== null) return spoken('issuer.compromised', on(compromisedAt));
  if (retiredAt !== null) return spoken('issuer.retired', on(retiredAt));
  return spoken(inUse ? 'issuer.inUse' : 'issuer.replaced', on(createdAt));
}
