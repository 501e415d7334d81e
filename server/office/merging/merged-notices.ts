import { formatDate, type Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { namesOfMerge } from './merge-page.js';
import { membersOfMerge, mergesOfAccount, mergesOfMember, type DoneMerge } from './merges.js';

/** What a page says of a merge of its person; `isClosed`: it is the one that does not go on. */
export interface MergedNotice {
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly isClosed: boolean;
}

/** The merges of an entry of an organisation. */
export const noticesOfMember = async (
  { id, organisationId }: { id: string; organisationId: string },
  place: Place,
): Promise<MergedNotice[]> =>
  Promise.all(
    (await mergesOfMember(id)).map(async done => {
      const own = (await membersOfMerge(done.id)).find(({ membershipId }) => membershipId === id);
      const isClosed = own !== undefined && own.keptId !== null;
      const href = `/organisations/${organisationId}/merges/${done.id}`;
      return { ...(await texts(done, isClosed ? 'into' : 'from', place)), href, isClosed };
    }),
  );

/** The merges of an account. */
export const noticesOfAccount = async (userId: string, place: Place): Promise<MergedNotice[]> =>
  Promise.all(
    (await mergesOfAccount(userId)).map(async done => {
      const isClosed = done.closedUserId === userId;
      const said = await texts(done, isClosed ? 'intoAccount' : 'from', place);
      return { ...said, href: `/admin/merges/${done.id}`, isClosed };
    }),
  );

async function texts(done: DoneMerge, kind: 'into' | 'from' | 'intoAccount', place: Place) {
  const { kept, closed } = await namesOfMerge(done);
  const blanks = { name: kind === 'from' ? closed : kept, date: formatDate(done.mergedAt, place) };
  return { title: spoken(`merging.${kind}`, blanks), text: spoken(`merging.${kind}Text`) };
}
