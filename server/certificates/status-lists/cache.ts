import type { Issuer } from '../issuer/issuer.js';
import { latestList, latestSum } from './status-lists.js';
import { statusListUrl } from '../../open-badges/credential.js';
import { openStatusList, type OpenList } from '../../open-badges/status-list.js';

/** The newest version of each list that was looked at: unpacked and checked once for each version and keys. */
const opened = new Map<number, { key: string; list: OpenList }>();

/** The newest version of a list, checked as a stranger would; null when there is none to rely on. */
export async function openedList(listId: number, issuer: Issuer, now: number): Promise<OpenList | null> {
  const key = `${await latestSum(listId)} ${issuer.document.assertionMethod.join()}`;
  const known = opened.get(listId);
  if (known?.key === key && now < known.list.until) return known.list;
  const list = await openStatusList({
    listText: (await latestList(listId))?.content ?? null,
    url: statusListUrl(issuer.baseUrl, listId),
    didDocument: issuer.document,
    now,
  });
  if (!('bits' in list)) return null;
  opened.set(listId, { key, list });
  return list;
}
