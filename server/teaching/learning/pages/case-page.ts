import { exhibitOf } from '../../exhibits/exhibit-parts.js';
import {
  decisionsLeft,
  endingTexts,
  readPath,
  walk,
  writePath,
  type CaseEnding,
  type CaseNode,
  type CaseStep,
} from '../../questions/types/scenario/scenario-walk.js';
import { mayEndUnheard } from '../../questions/types/scenario/unheard.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';

/**
 * A case to be played, and where: its first page, the page that leads to it, and all that the course says about looking after
 * oneself. The last two are null in a preview.
 */
export interface PlayedCase {
  readonly scenario: Scenario;
  readonly care: string | null;
  readonly careHref: string | null;
  readonly href: string;
  readonly back: { readonly href: string; readonly text: string } | null;
}

/** A place in a case, as an address names it. */
export interface CasePlace extends PlayedCase {
  readonly steps: readonly CaseStep[];
}

/** The place that the path in an address leads to, or null: no page of ours links there. */
export function placeIn(played: PlayedCase, path: unknown) {
  const ids = readPath(path ?? '');
  const found = ids && walk(played.scenario, ids);
  return found && { ...played, ...found };
}

/** The place one choice further; null where there is no such choice. */
export function placeAfter(place: CasePlace, choice: unknown) {
  if (typeof choice !== 'string') return null;
  const found = walk(place.scenario, [...idsOf(place.steps), choice]);
  return found && { ...place, ...found };
}

/** The values of a page that asks for a decision. */
export function decisionValues(place: CasePlace, node: CaseNode, error: string | null) {
  const { scenario, steps } = place;
  const { title, role, opening } = scenario;
  return {
    ...headOf(place),
    case: { title, role, opening, text: node.text, exhibit: exhibitOf(node), decision: steps.length + 1 },
    question: node.question,
    options: node.choices.map(({ id, text }) => ({ id, text })),
    path: writePath(idsOf(steps)),
    action: `${place.href}/outcome`,
    behind: steps.map(({ choice }) => choice.text),
    left: decisionsAfter(scenario, node.id),
    isWarned: steps.length === 0 && mayEndUnheard(scenario),
    careHref: place.careHref,
    stepBackHref: steps.length > 0 ? hrefOf(place, steps.slice(0, -1)) : null,
    error,
  };
}

/** The values of a case's first decision, where the last lesson of its module asks it. */
export function firstDecision(played: PlayedCase) {
  const place = placeIn(played, '');
  if (!place?.node) throw new Error(`${played.scenario.id} begins with no decision`);
  return decisionValues(place, place.node, null);
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
  return {
    title: place.scenario.title,
    texts: endingTexts(ending, place.steps),
    steps: place.steps.map(({ node, choice }) => ({
      question: node.question,
      choice: choice.text,
      quality: choice.quality,
    })),
    care: place.care,
    quizHref,
    back: place.back,
    restartHref: place.href,
  };
}

/**
 * The values of the last page where the child is not found: what it says, and the ways on at once. Nothing is held against
 * the learner here, so no decision is listed or marked.
 */
export function unheardValues(place: CasePlace, { text }: CaseEnding) {
  return {
    title: place.scenario.title,
    text,
    againHref: hrefOf(place, place.steps.slice(0, -1)),
    stopHref: place.back?.href ?? null,
    care: place.care,
    careHref: place.careHref,
  };
}

/** Where the reader stands: the decision they are at, of how many (null where that depends on their choices). */
function headOf({ scenario, back, steps }: CasePlace) {
  const node = walk(scenario, idsOf(steps))?.node;
  const left = node ? decisionsAfter(scenario, node.id) : 0;
  return {
    title: scenario.title,
    back,
    position: steps.length + 1,
    total: left === null ? null : steps.length + 1 + left,
    states: [
      ...steps.map(() => 'done' as const),
      'now' as const,
      ...Array.from({ length: left ?? 0 }, () => 'open' as const),
    ],
  };
}

/** How many decisions follow this one; null where ways of different length lead to an ending. */
function decisionsAfter(scenario: Scenario, id: string): number | null {
  const { least, most } = decisionsLeft(scenario, id);
  return least === most ? least - 1 : null;
}

const idsOf = (steps: readonly CaseStep[]): string[] => steps.map(({ choice }) => choice.id);

const hrefOf = ({ href }: CasePlace, steps: readonly CaseStep[]): string =>
  steps.length === 0 ? href : `${href}?path=${writePath(idsOf(steps))}`;
