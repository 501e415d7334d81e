import { awaited, bulk, formerly, type Clocked } from '../../platform/events/reaction.js';
import { hasRooms } from '../../proof/reports/rooms/stored-rooms.js';
import { joinOpenIfAlone } from './people/join-open.js';
import { indexMembershipsOf } from './people/member-words.js';

/** A new person joins the installation's own organisation; a new name or address is found in every organisation. */
export const organisationReactions = {
  'organisations.join': formerly('account.created', () => Promise.resolve()),
  'organisations.join-alone': awaited('account.confirmed', joinUnlessAuditor),
  'organisations.join-administrator': awaited('account.administrator-made', joinUnlessAuditor),
  'organisations.index-renamed': bulk('account.renamed', ({ payload }) => indexMembershipsOf(payload.userId)),
  'organisations.index-new-address': bulk('account.address-changed', ({ payload }) =>
    indexMembershipsOf(payload.userId),
  ),
  'organisations.index-old-address': bulk('account.address-change-undone', ({ payload }) =>
    indexMembershipsOf(payload.userId),
  ),
};

async function joinUnlessAuditor(
  { payload: { userId } }: { readonly payload: { readonly userId: string } },
  { clock }: Clocked,
): Promise<void> {
  if (!(await hasRooms(userId))) await joinOpenIfAlone(userId, clock());
}
