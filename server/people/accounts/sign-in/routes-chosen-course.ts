import { knownCourse } from '../../../teaching/courses/catalogue.js';
import { typed } from '../../../platform/http/forms.js';

/** The slug of the course that a visitor came for, as a link (`req.query`) or a form (`req.body`) hands it on; '' for none. */
export const chosenCourse = (from: unknown): Promise<string> => knownCourse(typed(from, 'course'));
