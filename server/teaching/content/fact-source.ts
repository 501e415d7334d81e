import type { Fact } from './schema/types.js';

const OURSELVES: readonly string[] = ['Source text of this course', 'Course authors'];

/** Whether the only source of a fact is the course itself: learners are taught it, but shown no source for it. */
export const isOwnFact = ({ publisher }: Pick<Fact, 'publisher'>): boolean => OURSELVES.includes(publisher);

/** A source as readers see it named. */
export const sourceName = ({ publisher, year }: Fact): string =>
  year === null ? publisher : `${publisher}, ${year}`;

/** Where the page of sources shows a fact; null where it does not. */
export const publicAddress = ({ id, status }: Fact): string | null =>
  status === 'verified' || status === 'interpretation' ? `/sources?fact=${id}#${id}` : null;
