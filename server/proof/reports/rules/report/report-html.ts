import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { escapeText } from '../../../../platform/lib/xml/xml-text.js';
import { standAlonePage } from '../../stand-alone-page.js';
import type { reportRows } from './rule-report.js';

/** What the page of a report says. `known`: the moment in UTC. */
interface ReportText {
  readonly title: string;
  readonly cite: string;
  readonly from: string;
  readonly last: string;
  readonly organisation: string;
  readonly known: string;
  readonly sentences: readonly string[];
  readonly byJob: ReturnType<typeof reportRows>;
  readonly byUnit: ReturnType<typeof reportRows>;
}

/** The report as a page. */
export function reportHtml(report: ReportText): string {
  const { title, cite, from, last, organisation, known, sentences, byJob, byUnit } = report;
  const heading = spoken('ruleReport.title', { title });
  const period = spoken('ruleReport.period', { from: dayWords(from), last: dayWords(last) });
  const body = `<h1>${escapeText(heading)}</h1>
<p>${escapeText(organisation)}<br>${escapeText(cite)}<br>${escapeText(period)}</p>
<ul>
${sentences.map(sentence => `<li>${escapeText(sentence)}</li>`).join('\n')}
</ul>
${table('job', byJob)}
${table('unit', byUnit)}
<p>${escapeText(spoken('ruleReport.file.made', { organisation, known }))}</p>
<p>${escapeText(spoken('ruleReport.file.disclaimer'))}</p>`;
  return standAlonePage(heading, body);
}

function table(by: 'job' | 'unit', found: ReportText['byJob']): string {
  const heads = [
    spoken(`ruleReport.${by}`),
    ...['people', 'first', 'renewed'].map(each => spoken(`ruleReport.${each}`)),
  ];
  const cells = found.map(({ name, people, initial, again }) => [name ?? noneOf(by), people, initial, again]);
  const row = (tag: string, texts: readonly (string | number)[]) =>
    `<tr>${texts.map(text => `<${tag}>${escapeText(String(text))}</${tag}>`).join('')}</tr>`;
  const caption = spoken(by === 'job' ? 'ruleReport.byJob' : 'ruleReport.byUnit');
  return `<table><caption>${escapeText(caption)}</caption>${row('th', heads)}${cells.map(each => row('td', each)).join('')}</table>`;
}

/** What stands for a job or a unit that was not entered. */
export const noneOf = (by: 'job' | 'unit'): string =>
  spoken(by === 'job' ? 'ruleReport.noJob' : 'ruleReport.noUnit');
