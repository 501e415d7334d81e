import type { Translate } from '../../i18n/i18n.js';
import type { JobQuestion } from '../chosen-job.js';

/** The choices of `learning/_job`. */
export const jobOptions = ({ jobs, chosen }: JobQuestion, t: Translate) =>
  jobs.map(job => ({ value: job, text: t(`job.name.${job}`), checked: job === chosen }));

/** The job that a form names, or else the one kept; null where neither is one of those that the course asks about. */
export const jobIn = (sent: string, { jobs, chosen }: JobQuestion) =>
  sent === '' ? chosen : (jobs.find(job => job === sent) ?? null);

/** A course of a person that asks for their job. */
interface Asking extends JobQuestion {
  readonly cycle: { readonly id: string };
  readonly title: string;
}

/** The forms of the account page, one a course. `missed`: the cycle whose form was sent without a job. */
export const jobForms = (asking: readonly Asking[], missed: string | null, t: Translate) =>
  asking.map(({ cycle, title, ...question }, index) => ({
    action: `/account/jobs/${cycle.id}`,
    choice: {
      id: jobField(index),
      legend: title,
      hint: null,
      options: jobOptions(question, t),
      error: cycle.id === missed ? t('job.missing') : null,
    },
  }));

const jobField = (index: number): string => `job-${index + 1}`;

/** What is to be mended, by the field to begin with. */
export const jobErrors = (forms: ReturnType<typeof jobForms>): Record<string, string> =>
  Object.fromEntries(forms.flatMap(({ choice: { id, error } }) => (error === null ? [] : [[id, error]])));
