import { formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import type { Regulation } from '../../../../teaching/content/schema/types.js';
import { dayParts, dayWords } from '../../../../people/organisations/day-words.js';
import { sealedFilesOf, sealedPath, type StoredFile } from '../../sealed/sealed-files.js';
import type { OpenRule } from '../open-rule.js';
import { ruleAddresses } from '../rule-page.js';
import { noneOf } from './report-html.js';
import { yearsBefore, type askedPeriod, type ReportPeriod } from './report-period.js';
import { paramsFor, reportAt, type ReportParams } from './report-scope.js';
import { reportRows, reportSentences } from './rule-report.js';

/** Sealed reports that are looked through for those of one rule. */
const LISTED = 200;

interface ReportReader {
  readonly organisation: { readonly id: string; readonly timeZone: string };
  readonly today: string;
  readonly now: number;
  readonly asked: ReturnType<typeof askedPeriod>;
}

/** The periods that are offered: the government's fiscal years where a rule counts by them, then calendar years. */
export const offeredPeriods = ({ report }: Pick<Regulation, 'report'>, today: string) => [
  ...(report ? yearsBefore(today, report.from).map(period => ({ kind: 'fiscal' as const, period })) : []),
  ...yearsBefore(today, '01-01').map(period => ({ kind: 'calendar' as const, period })),
];

/** A report as it would be sealed now, the periods to choose from, and the reports that were sealed. */
export async function reportPage(open: OpenRule, { organisation, today, now, asked }: ReportReader) {
  const { rule } = open;
  const to = ruleAddresses(organisation.id, rule.id);
  const { period } = asked;
  const errors = Object.fromEntries(asked.wrong.map(field => [field, spoken(`ruleReport.error.${field}`)]));
  return {
    rule: rule.title,
    title: spoken('ruleReport.title', { title: rule.title }),
    to,
    offered: offeredPeriods(rule, today).map(({ kind, period: each }) => ({
      text: periodName(kind, each),
      href: `${to.report}?from=${each.from}&last=${each.last}`,
      isCurrent: period?.from === each.from && period.last === each.last,
    })),
    values: asked.typed && period === null ? asked.typed : boxesOf(period),
    errors,
    report: period && (await countedPart(open, { organisation, period, now })),
    sealed: (await sealedReports(organisation.id, rule.id)).map(file =>
      sealedRow(file, organisation.timeZone, to.report),
    ),
  };
}

const boxesOf = (period: ReportPeriod | null) => ({
  from: dayParts(period?.from ?? ''),
  last: dayParts(period?.last ?? ''),
});

const periodName = (kind: 'fiscal' | 'calendar', { from, last }: ReportPeriod): string =>
  spoken(`ruleReport.${kind}`, { year: last.slice(0, 4), before: from.slice(0, 4) });

async function countedPart(
  open: OpenRule,
  { organisation, period, now }: Pick<ReportReader, 'organisation' | 'now'> & { period: ReportPeriod },
) {
  const params = paramsFor(open, period);
  const report = await reportAt(params, {
    organisationId: organisation.id,
    timeZone: organisation.timeZone,
    knownAt: now,
  });
  const { from, last } = period;
  return {
    ...{ from, last },
    period: spoken('ruleReport.period', { from: dayWords(from), last: dayWords(last) }),
    due: dueText(open.rule, period),
    sentences: reportSentences({ ...report, concernedOn: dayWords(report.concernedOn) }, spoken),
    tables: (['job', 'unit'] as const).map(by => ({
      caption: spoken(by === 'job' ? 'ruleReport.byJob' : 'ruleReport.byUnit'),
      columns: [
        { label: spoken(`ruleReport.${by}`) },
        ...(['people', 'first', 'renewed'] as const).map(each => ({
          label: spoken(`ruleReport.${each}`),
          isNumber: true,
        })),
      ],
      rows: reportRows(report.figures, by).map(({ name, ...counts }) => [
        { text: name ?? noneOf(by), isName: true },
        ...[counts.people, counts.initial, counts.again].map(value => ({
          text: spoken('numbers.whole', { value }),
        })),
      ]),
    })),
  };
}

/** By which day the report on a year of the rule is due; null: the period is no such year, or it names no day. */
function dueText({ report }: Regulation, { from, last }: ReportPeriod): string | null {
  if (!report || from.slice(5) !== report.from) return null;
  return spoken('ruleReport.due', { day: dayWords(`${last.slice(0, 4)}-${report.by}`) });
}

async function sealedReports(organisationId: string, ruleId: string): Promise<StoredFile[]> {
  const files = await sealedFilesOf(organisationId, { kinds: ['rule-report'], limit: LISTED });
  return files.filter(({ params }) => (JSON.parse(params) as ReportParams).rule === ruleId);
}

function sealedRow(file: StoredFile, timeZone: string, page: string) {
  const { from, last } = JSON.parse(file.params) as ReportParams;
  const period = spoken('ruleReport.period', { from: dayWords(from), last: dayWords(last) });
  return {
    href: sealedPath(file),
    name: spoken('ruleReport.sealedRow', { period, known: formatMoment(file.knownAt, hereIn(timeZone)) }),
    stateText: spoken(`evidence.state.${file.state}`),
    state: file.state,
    since: file.state === 'ready' ? `${page}/since/${file.id}` : null,
  };
}
