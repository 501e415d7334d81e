import { ofDatabase } from '../../../platform/db/connect.js';
import { statusListUrl } from '../../open-badges/credential.js';
import { openStatusList, type OpenList } from '../../open-badges/status-list.js';
import type { Issuer } from '../issuer/issuer.js';
import { latestList, latestSum } from './status-lists.js';

/** The newest version of each list that was read: unpacked and verified once for each version and set of keys. */
const cache = ofDatabase(() => new Map<number, { key: string; list: OpenList }>());

/** The newest version of a list, verified; null when there is none to rely on. */
export async function openedList(listId: number, issuer: Issuer, now: number): Promise<OpenList | null> {
  const key = `${await latestSum(listId)} ${issuer.document.assertionMethod.join()}`;
  const cached = cache().get(listId);
  if (cached?.key === key && now < cached.list.until) return cached.list;
  const list = await openStatusList({
    listText: (await latestList(listId))?.content ?? null,
    url: statusListUrl(issuer.baseUrl, listId),
    didDocument: issuer.document,
    now,
    // Our own list, from our own database: the byte-strict proof alone covers every byte of it.
    reading: 'quick',
  });
  if (!('bits' in list)) return null;
  cache().set(listId, { key, list });
  return list;
}
