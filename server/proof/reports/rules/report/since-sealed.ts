import { formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import type { Actor } from '../../../../policy.js';
import { sealedPath, type StoredFile } from '../../sealed/sealed-files.js';
import { gonePapers, latePapers, MOST_PAPERS } from './late-papers.js';
import { reportAt, type ReportParams } from './report-scope.js';
import { reportNumbers } from './rule-report.js';

/** Who looks at what has changed, and when (epoch ms). */
interface SinceReader {
  readonly actor: Actor;
  readonly organisation: { readonly id: string; readonly timeZone: string };
  readonly now: number;
}

/** What is known now of the period of a sealed report, beside what was known when it was sealed. */
export async function sincePage(file: StoredFile, { actor, organisation, now }: SinceReader) {
  const params = JSON.parse(file.params) as ReportParams;
  const of = { organisationId: organisation.id, timeZone: organisation.timeZone };
  const then = await reportAt(params, { ...of, knownAt: file.knownAt });
  const today = await reportAt(params, { ...of, knownAt: now });
  const [late, gone] = [await latePapers(actor, then.scope), await gonePapers(actor, then.scope)];
  const numbers = Object.entries(reportNumbers(then)).map(([name, before]) => {
    const after = reportNumbers(today)[name as keyof ReturnType<typeof reportNumbers>] ?? 0;
    return { name, before, after };
  });
  const isSame = numbers.every(({ before, after }) => before === after) && late.length + gone.length === 0;
  const inWords = (papers: typeof late, key: 'paper' | 'voided') =>
    papers.slice(0, MOST_PAPERS).map(({ membershipId, name, accountName, completedOn, recordedAt }) => ({
      href: `/organisations/${organisation.id}/people/${membershipId}`,
      text: spoken(`ruleReport.${key}`, {
        name: name ?? accountName ?? spoken('eventLog.unknown'),
        on: dayWords(completedOn),
        recorded: formatMoment(Number(recordedAt), hereIn(organisation.timeZone)),
      }),
    }));
  return {
    file: sealedPath(file),
    period: spoken('ruleReport.period', { from: dayWords(params.from), last: dayWords(params.last) }),
    known: formatMoment(file.knownAt, hereIn(organisation.timeZone)),
    hash: file.sha256,
    isSame,
    rows: numbers.map(({ name, before, after }) => [
      { text: spoken(`ruleReport.compare.${name}`) },
      { text: spoken('numbers.whole', { value: before }) },
      { text: spoken('numbers.whole', { value: after }) },
    ]),
    lists: [
      { title: spoken('ruleReport.late', { count: late.length }), papers: inWords(late, 'paper') },
      { title: spoken('ruleReport.gone', { count: gone.length }), papers: inWords(gone, 'voided') },
    ].filter(({ papers }) => papers.length > 0),
    more:
      Math.max(late.length, gone.length) > MOST_PAPERS
        ? spoken('ruleReport.more', { most: MOST_PAPERS })
        : null,
  };
}
