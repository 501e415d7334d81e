import type { Translate } from '../../../platform/i18n/i18n.js';
import type { RegradeTally } from './regrades.js';
import { jobInWords } from '../../questions/jobs.js';
import type { LineRow } from './regrade-lines.js';

/** The addresses of one regrade. */
export const regradeAddresses = (id: string) => ({
  page: `/admin/regrades/${id}`,
  preview: `/admin/regrades/${id}/preview`,
  application: `/admin/regrades/${id}/application`,
  continuation: `/admin/regrades/${id}/continuation`,
  end: `/admin/regrades/${id}/end`,
  file: `/admin/regrades/${id}/changes.csv`,
});

/** The figures of a preview; once the regrade is done, the figures of what it did. */
export function tallyRows({ changes, certificates }: RegradeTally, isDone: boolean, t: Translate) {
  const row = (key: string, count: number) => ({ name: t(`regrade.tally.${key}`), count });
  const tense = isDone ? 'Done' : '';
  return [
    row('passed', changes.passed),
    row('points', changes.points),
    row('kept', changes.kept),
    row('withdrawn', changes.withdrawn),
    row(`issue${tense}`, certificates.issue),
    row(`replace${tense}`, certificates.replace),
    row(`suspend${tense}`, certificates.suspend),
  ];
}

/** One attempt that changes; where it is said whose it is, with the job for which its questions were asked. */
export function changeRow(line: LineRow, texts: { name: string | null; date: string }, t: Translate) {
  const questions = line.maxPoints / 100;
  return {
    ...texts,
    job: texts.name === null ? null : jobInWords(line.job, t),
    before: t('regrade.right', { right: line.rightBefore, count: questions }),
    after: t('regrade.right', { right: line.rightAfter, count: questions }),
    change: t(`regrade.change.${line.change}`),
    certificate: line.certificate === 'none' ? null : t(`regrade.certificate.${line.certificate}`),
  };
}
