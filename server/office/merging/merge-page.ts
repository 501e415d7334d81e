import { addressOf } from '../../people/accounts/people.js';
import { formatDate, type Place } from '../../platform/i18n/i18n.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { accountSide, memberSide } from './sides.js';
import { membersOfMerge, mergeUndoableUntil, UNDO_MERGE_DAYS, type DoneMerge } from './merges.js';
import { shownSide } from './plan-merge.js';

/** How a merge stands. */
export const mergeState = (done: DoneMerge, now: number): 'open' | 'over' | 'undone' =>
  done.undoneAt !== null ? 'undone' : now < mergeUndoableUntil(done) ? 'open' : 'over';

/** The names of the two of a merge: the one that goes on, and the one that was closed. */
export async function namesOfMerge(done: DoneMerge): Promise<{ kept: string; closed: string }> {
  const members = await membersOfMerge(done.id);
  const pair = members.find(each => each.keptId !== null && each.organisationId === done.organisationId);
  const only = members.length === 1 ? members[0] : pair;
  const sides =
    done.closedUserId !== null && !pair
      ? [await accountSide(done.keptUserId ?? ''), await accountSide(done.closedUserId)]
      : [await memberSide(only?.keptId ?? ''), await memberSide(only?.membershipId ?? '')];
  const [kept, closed] = sides.map(side => (side ? shownSide(side).name : ''));
  return { kept: kept ?? '', closed: closed ?? '' };
}

/** A merge that was made, as texts. */
export async function donePage(done: DoneMerge, now: number, place: Place) {
  const t = (key: string, values = {}) => spoken(`merging.done.${key}`, values);
  const date = (at: number) => formatDate(at, place);
  const by = async (id: string | null) => (id === null ? null : ((await addressOf(id))?.name ?? t('person')));
  const state = mergeState(done, now);
  const members = await membersOfMerge(done.id);
  const carried = members.reduce((sum, each) => sum + (JSON.parse(each.carried) as string[]).length, 0);
  const undoneBy = (await by(done.undoneBy)) ?? t('operator');
  const until = { date: date(mergeUndoableUntil(done)), days: UNDO_MERGE_DAYS };
  return {
    names: await namesOfMerge(done),
    state,
    lines: [
      t('mergedOn', { date: date(done.mergedAt), name: (await by(done.mergedBy)) ?? t('operator') }),
      t('carried', { count: carried }),
      ...(state === 'open' ? [t('until', until)] : []),
      ...(state === 'over' ? [t('over', until)] : []),
      ...(done.undoneAt === null
        ? []
        : [
            t(done.undoneBecause === 'objection' ? 'objected' : 'undoneOn', {
              date: date(done.undoneAt),
              name: undoneBy,
            }),
          ]),
    ],
  };
}
