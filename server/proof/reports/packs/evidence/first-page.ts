import { rows } from '../../../../platform/db/rows.js';
import { as, columns, parameters, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { escapeText } from '../../../../platform/lib/xml/xml-text.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import type { StandingTally } from '../../../requirements/standings.js';
import { StandingInterval } from '../../../requirements/tables.js';
import { rateOf } from '../../overview-figures.js';
import { standAlonePage } from '../../stand-alone-page.js';
import { onLastDay } from './in-period.js';
import type { PackScope } from './pack-scope.js';

/** The mark on a horizon, and bars whose parts can be told apart without colour, on paper too. */
const STYLE =
  'header{border-bottom:2.5px solid #0b4a57;margin-bottom:1.5rem}header svg{display:block}' +
  'table{width:100%}td:last-child{width:40%}.bar{display:flex;height:18px;print-color-adjust:exact}' +
  '.bar i{display:block;border:1px solid #14272d}.full{background:#0b4a57}.due{background:#f3b75b}' +
  '.over{background:repeating-linear-gradient(135deg,#8f3a1d 0 3px,#fff 3px 6px)}.key{padding:0;list-style:none}' +
  '.key .bar{display:inline-flex;width:24px;margin-right:8px;vertical-align:middle}.key i{width:100%}';
const MARK =
  '<svg width="48" height="41" viewBox="0 0 32 27.5" fill="none" aria-hidden="true"><path d="M11 26.5a5 5 0 0110 0z" fill="#f3b75b"/><path d="M1.5 26.5H7V14.5a9 9 0 0118 0v12h5.5" stroke="#0b4a57" stroke-width="2.75"/></svg>';

/** The first page of a pack: how far each requirement was completed on the last day of its period. */
export async function firstPage(scope: PackScope): Promise<string> {
  const { organisation, period, requirements, people } = scope;
  const t = (key: string, blanks?: Record<string, string | number>) =>
    escapeText(spoken(`evidence.firstPage.${key}`, blanks));
  const tallies = await talliesOf(scope);
  const found = requirements.map(({ id, title, graceCounts }) => {
    const { completion, bar } = rateOf(tallies.get(id) ?? {}, { rule: { graceCounts } }, true);
    const words = [completion.share, completion.parts, completion.outside].filter(text => text !== null);
    return `<tr><th scope="row">${escapeText(title)}</th><td>${words.map(escapeText).join(' ')}</td><td>${bar ? drawn(bar) : ''}</td></tr>`;
  });
  const days = { from: dayWords(period.from), to: dayWords(period.to) };
  const heads = ['requirement', 'completed', 'share'].map(each => `<th scope="col">${t(each)}</th>`);
  const keys = (['full', 'due', 'time', 'over'] as const).map(
    kind => `<li>${drawn([{ percent: 100, kind }])}${escapeText(spoken(`reports.key.${kind}`))}</li>`,
  );
  const body = `<header>${MARK}</header>
<h1>${t('heading')}</h1>
<p>${escapeText(organisation.name)}<br>${t('period', days)}<br>${t('people', { count: people.length })}</p>
<table><caption>${t('caption', days)}</caption><tr>${heads.join('')}</tr>
${found.join('\n')}</table>
<ul class="key">${keys.join('')}</ul>
<p>${t('known', { known: new Date(period.knownAt).toISOString() })}</p>
<p>${t('check')}</p>`;
  return standAlonePage(spoken('evidence.firstPage.heading'), body, STYLE);
}

const drawn = (parts: readonly { percent: number; kind: string }[]): string =>
  `<span class="bar" aria-hidden="true">${parts.map(({ percent, kind }) => `<i class="${kind}" style="width:${percent}%"></i>`).join('')}</span>`;

/** How many people stood how on the last day, by requirement. */
async function talliesOf({ period, requirements }: PackScope): Promise<ReadonlyMap<string, StandingTally>> {
  if (requirements.length === 0) return new Map();
  const { condition, params } = onLastDay(sql`s`, period);
  const found = await rows(
    sql`select ${columns(StandingInterval, 's', 'requirementId', 'standing')}, count(*) ${as('people', integer())}
        from ${StandingInterval} s
        where ${condition} and s.requirement_id in (${parameters(requirements.length, params.length + 1)})
        group by s.requirement_id, s.standing`,
    [...params, ...requirements.map(({ id }) => id)],
  );
  const tallies = new Map<string, Record<string, number>>();
  for (const { requirementId, standing, people } of found) {
    const tally = tallies.get(requirementId) ?? {};
    tallies.set(requirementId, { ...tally, [standing]: Number(people) });
  }
  return tallies;
}
