import type { Fact } from './schema/types.js';

const OURSELVES: readonly string[] = ['Source text of this course', 'Course authors'];

/** Whether the only source of a fact is the course itself: learners are taught it, but shown no source for it. */
export const isOwnFact = ({ publisher }: Pick<Fact, 'publisher'>): boolean => OURSELVES.includes(publisher);
