import { suits, type BankShare } from './bounds.js';
import type { Blueprint, Course } from './schema/types.js';
import type { Item } from '../questions/item.js';
import type { Scenario } from '../questions/types/scenario/scenario-shape.js';
import type { Depth } from '../questions/item.js';
import type { JobName, Whom } from '../questions/jobs.js';

/**
 * The items of a bank that can be drawn at a depth: `essentials` items at both depths, `full` items only at full. What is written
 * for others than the people whom the course asks for their job, nobody in it meets.
 */
export function drawableItems(items: Item[], depth: Depth, jobs: Course['jobs']): Item[] {
  return metBy(jobs, items).filter(item => depth === 'full' || item.depth === 'essentials');
}

/** Where a form holds only decisions, or only items for the learner's job, no other item is ever drawn. */
export const everDrawn = (items: Item[], { draw, own = 0, decisions }: Blueprint): Item[] =>
  items
    .filter(item => own < draw || item.roles !== undefined)
    .filter(item => (decisions?.count ?? 0) < draw || 'disposition' in item);

/**
 * The items that somebody with one of these jobs may be asked. A course that asks for the job draws what names its scene, and no other
 * course does: an item without a scene may be set anywhere, and the words of a scene are put for a job.
 */
const metBy = (jobs: Course['jobs'], items: Item[]): Item[] =>
  items.filter(
    item =>
      (item.scene !== undefined) === (jobs !== undefined) && askedAmong(jobs).some(job => suits(item, job)),
  );

/** The items of the finals' bank that a course can draw: those on objectives of its modules, at the depth it teaches them. */
function finalItems(
  course: Course,
  modules: readonly { readonly slug: string; readonly objectives: readonly { readonly id: string }[] }[],
  items: Item[],
): Item[] {
  const depths = new Map<string, Depth>();
  for (const { module, depth } of course.modules)
    for (const { id } of modules.find(({ slug }) => slug === module)?.objectives ?? []) depths.set(id, depth);
  return metBy(course.jobs, items).filter(item => {
    const depth = depths.get(item.objective);
    return depth === 'full' || (depth === 'essentials' && item.depth === 'essentials');
  });
}

/** The cases that a course's final names, in that order. */
export const finalCases = (
  { scenarios = [] }: { scenarios?: readonly string[] },
  bank: { scenarios: readonly Scenario[] } | null,
): Scenario[] => scenarios.flatMap(named => bank?.scenarios.find(({ id }) => id === named) ?? []);

/** A module with its bank. */
interface TaughtModule {
  readonly slug: string;
  readonly items: Item[];
}

/** A bank that a final or a renewal draws from: so many of its items stand in each form. `module` is null for the finals' own bank. */
export interface FinalBank {
  readonly module: string | null;
  readonly count: number;
  readonly items: Item[];
}

/** The banks that a course's final draws from, those of modules first; empty where the course has no final. */
export function finalBanks(
  course: Course,
  modules: readonly (TaughtModule & { readonly objectives: readonly { readonly id: string }[] })[],
  own: Item[],
): FinalBank[] {
  if (!course.final) return [];
  const { draw, from = {} } = course.final;
  const shares = moduleBanks(course, modules, from);
  const count = draw - shares.reduce((sum, share) => sum + share.count, 0);
  return [...shares, { module: null, count, items: finalItems(course, modules, own) }];
}

/** The banks that the quiz of a renewal draws from, in the order of the course; empty where the course has no shorter path. */
export const renewalBanks = (course: Course, modules: readonly TaughtModule[]): FinalBank[] =>
  moduleBanks(course, modules, course.renewal?.quiz.from ?? {});

/** What a quiz takes from the banks of modules: so many items of each, of those that can be drawn at the module's depth. */
const moduleBanks = (
  course: Course,
  modules: readonly TaughtModule[],
  from: Readonly<Record<string, number>>,
): (FinalBank & { module: string })[] =>
  course.modules.flatMap(({ module, depth }) => {
    const count = from[module];
    const items = modules.find(({ slug }) => slug === module)?.items ?? [];
    return count === undefined ? [] : [{ module, count, items: drawableItems(items, depth, course.jobs) }];
  });

/** What a form takes from the banks of modules. */
export const sharesOf = (banks: readonly FinalBank[]): BankShare[] =>
  banks.flatMap(({ module, count, items }) =>
    module === null ? [] : [{ module, count, items: items.map(({ id }) => id) }],
  );

/** The jobs that a course asks for; one null where it asks for none. */
export const askedAmong = (jobs: readonly JobName[] | undefined): readonly (JobName | null)[] =>
  jobs ?? [null];

/** The items that count in a form for these people: not those on trial, and none that is written for others alone. */
export const formItems = (items: readonly Item[], whom: Whom | null): Item[] =>
  items.filter(item => item.status !== 'trial' && suits(item, whom));
