import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { escapeText } from '../../../../platform/lib/xml/xml-text.js';
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

/** The report as a page to print or to send: it stands alone, and asks nothing of the network. */
export function reportHtml(report: ReportText): string {
  const { title, cite, from, last, organisation, known, sentences, byJob, byUnit } = report;
  const heading = spoken('ruleReport.title', { title });
  const period = spoken('ruleReport.period', { from: dayWords(from), last: dayWords(last) });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeText(heading)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #888;padding:.25rem .6rem;text-align:left}caption{text-align:left;font-weight:bold}</style>
</head>
<body>
<h1>${escapeText(heading)}</h1>
<p>${escapeText(organisation)}<br>${escapeText(cite)}<br>${escapeText(period)}</p>
<ul>
${sentences.map(sentence => `<li>${escapeText(sentence)}</li>`).join('\n')}
</ul>
${table('job', byJob)}
${table('unit', byUnit)}
<p>${escapeText(spoken('ruleReport.file.made', { organisation, known }))}</p>
<p>${escapeText(spoken('ruleReport.file.disclaimer'))}</p>
</body>
</html>
`;
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
