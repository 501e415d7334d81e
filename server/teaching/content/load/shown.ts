import { withExhibit } from '../../exhibits/exhibit-parts.js';
import type { Exhibit } from '../../exhibits/exhibit-shape.js';
import type { Item } from '../../questions/item.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import type { Lesson } from '../schema/types.js';
import { bodyReferences } from './lesson-body.js';

/** Content with each exhibit in place of its name: what is published needs no other file. `known`: those of the folder. */
export const bankShown = <Bank extends { items: Item[] }>(bank: Bank, known: readonly Exhibit[]): Bank => ({
  ...bank,
  items: bank.items.map(item => withExhibit(item, known)),
});

export const scenarioShown = (scenario: Scenario, known: readonly Exhibit[]): Scenario => ({
  ...scenario,
  nodes: scenario.nodes.map(node => withExhibit(node, known)),
});

/** A lesson with the exhibits that its text places. */
export function lessonShown(lesson: Lesson, known: readonly Exhibit[]): Lesson {
  const names = bodyReferences(lesson.body).exhibits.map(({ name }) => name);
  const exhibits = known.filter(({ id }) => id !== undefined && names.includes(id));
  return exhibits.length === 0 ? lesson : { ...lesson, exhibits };
}
