import { formatDate, type Place } from '../i18n/i18n.js';
import { sha256 } from '../lib/tokens.js';

/** A person's open sessions for their account page; `current` is the one whose reader this is. */
export const sessionRows = (
  open: readonly { readonly idHash: string; readonly createdAt: number }[],
  currentId: string,
  place: Place,
) =>
  open.map(({ idHash, createdAt }) => ({
    id: idHash,
    createdAt: formatDate(createdAt, place),
    current: idHash === sha256(currentId),
  }));
