import { withSums } from '../../../certificates/audit-pack/shared-files.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { canonicalJson } from '../../../../platform/lib/canonical-json.js';
import { columnsOf, csvParts, type CsvTable } from '../../../../platform/lib/text/csv.js';
import { csvMetadata, csvMetadataName } from '../../../../platform/lib/text/csv-metadata.js';
import { zipFiles, type PackFile } from '../../../../platform/lib/zip.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { findOrganisation } from '../../../../people/organisations/memberships.js';
import type { SealedAsk, SealedDeps, SealedKind } from '../../sealed/sealed-kind.js';
import { reportHtml } from './report-html.js';
import { reportNumbers, reportRows, reportSentences } from './rule-report.js';
import { reportAt, type ReportParams } from './report-scope.js';

/** A report on a rule for a period, as it was known when it was sealed. */
export const ruleReport: SealedKind<ReportParams> = {
  kind: 'rule-report',
  action: 'organisation.manage',
  keptDays: null,
  type: 'application/zip',
  fileName: ({ params }) => `report-${params.rule}-${params.from}-${params.last}.zip`,
  make: (ask, deps) => zipFiles(withSums(reportFiles(ask, deps))),
};

async function* reportFiles(
  { organisationId, params, knownAt }: SealedAsk<ReportParams>,
  { progress }: Pick<SealedDeps, 'progress'>,
): AsyncGenerator<PackFile> {
  const organisation = await findOrganisation(organisationId);
  if (!organisation) throw new Error('There is no such organisation');
  const { id, name, timeZone } = organisation;
  const report = await reportAt(params, { organisationId, timeZone, knownAt });
  const numbers = reportNumbers(report);
  await progress(numbers.people, Math.max(1, numbers.people));
  const sentences = reportSentences({ ...report, concernedOn: dayWords(report.concernedOn) }, spoken);
  const [byJob, byUnit] = [reportRows(report.figures, 'job'), reportRows(report.figures, 'unit')];
  const knownText = new Date(knownAt).toISOString();
  const facts = {
    format: 'safe-passage-rule-report/1',
    organisation: { id, name },
    rule: { id: params.rule, title: params.title, cite: params.cite },
    period: { from: params.from, last: params.last },
    ...{ knownAt: knownText, courses: params.courses, requirements: params.requirements },
    ...{ numbers, hours: { ...report.hours }, sentences },
  };
  yield { path: 'report.json', content: canonicalJson(facts) };
  yield {
    path: 'report.html',
    content: reportHtml({ ...params, organisation: name, known: knownText, sentences, byJob, byUnit }),
  };
  yield* csvFiles('people-by-job.csv', countTable('job', byJob));
  yield* csvFiles('people-by-unit.csv', countTable('unit', byUnit));
  if (report.notifications) yield* csvFiles('notifications.csv', notificationTable(report.notifications));
}

/** A table as a file, and what its columns mean beside it. */
async function* csvFiles(path: string, table: CsvTable): AsyncGenerator<PackFile> {
  let content = '';
  for await (const { text } of csvParts(table)) content += text;
  yield { path, content };
  yield { path: csvMetadataName(path), content: csvMetadata(table, path) };
}

const countTable = (by: 'job' | 'unit', found: ReturnType<typeof reportRows>): CsvTable => ({
  columns: [
    { name: by, type: 'string', says: spoken(`ruleReport.${by}`) },
    { name: 'people', type: 'integer', says: spoken('ruleReport.people') },
    { name: 'initial', type: 'integer', says: spoken('ruleReport.first') },
    { name: 'again', type: 'integer', says: spoken('ruleReport.renewed') },
  ],
  parts: [found.map(({ name, people, initial, again }) => [name, people, initial, again])],
});

const notificationTable = (
  all: NonNullable<Awaited<ReturnType<typeof reportAt>>['notifications']>,
): CsvTable => ({
  columns: [
    ...columnsOf('date', 'day'),
    ...columnsOf('string', 'source'),
    ...columnsOf('date', 'hotline_told_on', 'police_told_on'),
  ],
  parts: [all.map(({ day, source, hotlineOn, policeOn }) => [day, source, hotlineOn, policeOn])],
});
