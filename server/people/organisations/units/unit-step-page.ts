import { typed, typedDay } from '../../../platform/http/forms.js';
import { dayParts } from '../day-words.js';
import { organisationHead } from '../organisation-tabs.js';
import { spansOf } from './change-tree.js';
import { dayOfUnit, unitsSeen, type OpenTree } from './open-tree.js';
import { findUnit } from './stored-units.js';
import { unitsHome } from './tree-page.js';
import { unitChoice } from './unit-choice.js';
import { unitOptions } from './unit-options.js';
import { ASKED, type UnitStep } from './unit-steps.js';
import { unitView } from './unit-tree.js';

/** The page of a step, without what was typed. `unitId` null: a unit that is not there yet. */
export async function stepPage(
  tree: OpenTree,
  { step, unitId, action }: { step: UnitStep; unitId: string | null; action: string },
  wanted: Parameters<typeof unitChoice>[1],
) {
  const day = unitId === null ? tree.today : dayOfUnit(tree, unitId);
  const others = unitsSeen(tree, day).filter(({ above }) => unitId === null || !above.includes(unitId));
  return {
    organisation: organisationHead(tree.organisation, tree.actor),
    step,
    name: unitId === null ? null : (unitView(spansOf(tree.spans, unitId), tree.today)?.name ?? null),
    back: unitId === null ? unitsHome(tree) : `${unitsHome(tree)}/${unitId}`,
    action,
    asked: ASKED[step],
    units: unitChoice(await unitOptions(tree.organisation.id, others), wanted),
  };
}

/** What a form begins with: the unit as it is, today. `below`: the id of the unit below which another is to be opened. */
export async function storedStep(tree: OpenTree, unitId: string | null, below: string) {
  const day = dayParts(tree.today);
  if (unitId === null) return { name: '', code: '', unit: below, day };
  const view = unitView(spansOf(tree.spans, unitId), tree.today);
  const stored = await findUnit(tree.organisation.id, unitId);
  return { name: view?.name ?? '', code: stored?.code ?? '', unit: view?.parentId ?? '', day };
}

/** What was typed, to show it again. */
export const typedStep = (body: unknown) => ({
  ...{ name: typed(body, 'name'), code: typed(body, 'code'), unit: typed(body, 'unit') },
  day: typedDay(body, 'day'),
});
