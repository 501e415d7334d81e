import {
  decisionsLeft,
  readPath,
  walk,
  writePath,
  type CaseEnding,
  type CaseNode,
  type CaseStep,
} from '../courses/content/scenario-walk.js';
import type { SnapshotModule } from '../courses/content/snapshot.js';
import { addresses } from './course-page.js';

/** A place in the case of a module, as an address names it. */
export interface CasePlace {
  readonly module: SnapshotModule;
  readonly cycleId: string;
  readonly steps: readonly CaseStep[];
}

/** The place that the path in an address leads to, or null: no page of ours links there. */
export function placeIn(module: SnapshotModule, cycleId: string, path: unknown) {
  const ids = readPath(path ?? '');
  const found = ids && walk(module.scenario, ids);
  return found && { module, cycleId, ...found };
}

/** The place one choice further; null where there is no such choice. */
export function placeAfter({ module, cycleId, steps }: CasePlace, choice: unknown) {
  if (typeof choice !== 'string') return null;
  const found = walk(module.scenario, [...idsOf(steps), choice]);
  return found && { module, cycleId, ...found };
}

/** The values of a page that asks for a decision. */
export function decisionValues(place: CasePlace, node: CaseNode, error: string | null) {
  const { module, cycleId, steps } = place;
  const { title, role, opening } = module.scenario;
  return {
    ...headOf(place),
    case: { title, role, opening, text: node.text, decision: steps.length + 1 },
    question: node.question,
    options: node.choices.map(({ id, text }) => ({ id, text })),
    path: writePath(idsOf(steps)),
    action: `${addresses(cycleId).case(module.slug)}/outcome`,
    behind: steps.map(({ choice }) => choice.text),
    left: decisionsAfter(module, node.id),
    stepBackHref: steps.length > 0 ? hrefOf(place, steps.slice(0, -1)) : null,
    error,
  };
}

/** The values of a page that tells what a choice led to: the consequence, the reason, and a better choice if any. */
export function outcomeValues(place: CasePlace, { choice }: CaseStep, isEnded: boolean) {
  return {
    ...headOf({ ...place, steps: place.steps.slice(0, -1) }),
    chose: choice.text,
    result: choice.result,
    quality: choice.quality,
    reason: choice.reason,
    better: 'better' in choice ? choice.better : null,
    againHref: hrefOf(place, place.steps.slice(0, -1)),
    onHref: hrefOf(place, place.steps),
    isEnded,
  };
}

/** The values of the last page: how it ends, what was decided, and the ways on. */
export function endingValues(place: CasePlace, ending: CaseEnding, quizHref: string | null) {
  const { module, cycleId, steps } = place;
  return {
    title: module.scenario.title,
    text: ending.text,
    steps: steps.map(({ node, choice }) => ({
      question: node.question,
      choice: choice.text,
      quality: choice.quality,
    })),
    care: module.care ?? null,
    quizHref,
    moduleHref: addresses(cycleId).module(module.slug),
    moduleTitle: module.title,
    restartHref: addresses(cycleId).case(module.slug),
  };
}

/** Where the reader stands: the decision they are at, of how many (null where that hangs on their choices). */
function headOf({ module, cycleId, steps }: CasePlace) {
  const node = walk(module.scenario, idsOf(steps))?.node;
  const left = node ? decisionsAfter(module, node.id) : 0;
  return {
    title: module.scenario.title,
    moduleHref: addresses(cycleId).module(module.slug),
    moduleTitle: module.title,
    position: steps.length + 1,
    total: left === null ? null : steps.length + 1 + left,
    states: [...steps.map(() => 'done'), 'now', ...Array.from({ length: left ?? 0 }, () => 'open')],
  };
}

/** How many decisions follow this one; null where ways of different length lead to an ending. */
function decisionsAfter({ scenario }: SnapshotModule, id: string): number | null {
  const { least, most } = decisionsLeft(scenario, id);
  return least === most ? least - 1 : null;
}

const idsOf = (steps: readonly CaseStep[]): string[] => steps.map(({ choice }) => choice.id);

function hrefOf({ module, cycleId }: CasePlace, steps: readonly CaseStep[]): string {
  const start = addresses(cycleId).case(module.slug);
  return steps.length === 0 ? start : `${start}?path=${writePath(idsOf(steps))}`;
}
