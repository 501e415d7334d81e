import { courseByNumber } from '../../../teaching/courses/catalogue.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { requirementsHome } from '../rules/open-requirement.js';
import { openChanges } from './open-changes.js';

/** The material changes of courses that an organisation has still to decide on, as its pages lead to them. */
export const changesToDecide = async (organisationId: string) =>
  Promise.all(
    (await openChanges(organisationId)).map(async ({ change }) => {
      const course = await courseByNumber(change.courseSlug, change.number);
      return {
        href: `${requirementsHome(organisationId)}/changes/${change.courseVersionId}`,
        text: spoken('requirements.courseChange.link', {
          course: course?.snapshot.title ?? change.courseSlug,
        }),
        says: change.says,
      };
    }),
  );
