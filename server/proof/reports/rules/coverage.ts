import type { CourseSnapshot } from '../../../teaching/content/snapshot.js';
import type { Regulation } from '../../../teaching/content/schema/types.js';

/** A course at the version that is looked at. */
export interface CoveringCourse {
  readonly number: number;
  readonly snapshot: CourseSnapshot;
}

/** What a course has for one topic of a rule. `lesson`: "module/name". `isOptional`: learners may leave it out. */
export interface CoveredTopic {
  readonly text: string;
  readonly gaps: readonly string[];
  readonly lessons: readonly {
    readonly lesson: string;
    readonly title: string;
    readonly isOptional: boolean;
  }[];
  /** Ids of the questions that may be drawn, of module quizzes and of the final. */
  readonly items: readonly string[];
  /** Which count of the report proves it; null: none. */
  readonly counted: 'trained' | 'notifications' | null;
}

/** For each topic of a rule, the lessons and questions of a course that carry it, by their objectives and as they are named. */
export const coverageOf = (rule: Pick<Regulation, 'topics'>, { snapshot }: CoveringCourse): CoveredTopic[] =>
  rule.topics.map(({ text, gaps, objectives, lessons, items, counted }) => {
    const isOf = (objective: string) => objectives.includes(objective);
    return {
      ...{ text, gaps },
      lessons: snapshot.modules.flatMap(({ slug, lessons: own }) =>
        own
          .filter(each => each.objectives.some(isOf) || lessons.includes(`${slug}/${each.name}`))
          .map(({ name, title, optional }) => ({ lesson: `${slug}/${name}`, title, isOptional: optional })),
      ),
      items: itemsOf(snapshot, ({ id, objective }) => isOf(objective) || items.includes(id)),
      counted: counted ?? null,
    };
  });

/** Each once: a final takes some of the questions of a module. */
function itemsOf(
  { modules, final }: CourseSnapshot,
  isMeant: (item: { readonly id: string; readonly objective: string }) => boolean,
): string[] {
  const all = [...modules.map(({ quiz }) => quiz), ...(final ? [final] : [])].flatMap(({ items }) => items);
  return [...new Set(all.filter(isMeant).map(({ id }) => id))].sort();
}
