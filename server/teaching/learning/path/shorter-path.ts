import { courseMinutes } from '../../courses/cards.js';
import type { PublishedCourse } from '../../courses/catalogue.js';
import { addresses } from '../cycle-addresses.js';
import type { CycleFacts } from '../enrolments.js';

/** Whether somebody is under way by the shorter path of those who renew. */
export const isOnShorterPath = ({ path, completedAt, leftAt }: CycleFacts): boolean =>
  path === 'renewal' && completedAt === null && leftAt === null;

/** What the page of a course says of the shorter path where it is taken, or was; null elsewhere. */
export const shorterPathOf = (cycle: CycleFacts, { snapshot }: PublishedCourse) =>
  cycle.path === 'renewal'
    ? {
        minutes: courseMinutes(snapshot),
        wholeHref: isOnShorterPath(cycle) ? addresses(cycle.id).wholeCourse : null,
      }
    : null;
