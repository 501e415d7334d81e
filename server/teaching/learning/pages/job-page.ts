import type { Translate } from '../../../platform/i18n/i18n.js';
import type { JobQuestion } from '../chosen-job.js';

/** The choices of `teaching/learning/_job`. */
export const jobOptions = ({ jobs, chosen }: JobQuestion, t: Translate) =>
  jobs.map(job => ({ value: job, text: t(`job.name.${job}`), checked: job === chosen }));

/** The job that a form names, or else the one kept; null where neither is one of those that the course asks about. */
export const jobIn = (sent: string, { jobs, chosen }: JobQuestion) =>
  sent === '' ? chosen : (jobs.find(job => job === sent) ?? null);

/** What a page says of the learner's job, and where it is changed. `name`: null until one is chosen. */
export const jobValues = (question: JobQuestion, href: string, t: Translate) => ({
  name: question.chosen && t(`job.name.${question.chosen}`),
  options: jobOptions(question, t),
  href,
});
