import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { CourseRequest } from './tables.js';

/** What this slice holds of a person. */
export const courseData: readonly PersonalTable[] = [
  personal(
    CourseRequest,
    { account: 'askedBy' },
    {
      exported: { as: 'course-requests', without: ['askedBy', 'decidedBy'] },
      erased: { do: 'blank', columns: { reason: '', answer: null }, stays: 'decisions' },
    },
  ),
];
