import type { ViewValues } from '../../../../dist/views/values.js';
import { formatDate, formatMonth, type Place } from '../../../platform/i18n/i18n.js';
import type { Example, ExampleWords } from '../example.js';

const HERE = '/design/organisation';

/** Frames for the pages of organisations: the numbers, the list with its filters, a plot, an import. */
export const organisation = ({ t, place }: ExampleWords): Example[] => [
  {
    component: 'figures',
    states: [
      {
        state: 'plain',
        values: {
          figures: [
            {
              value: t('numbers.whole', { value: 1284 }),
              label: t('design.sample.current'),
              note: t('design.sample.ofAll'),
            },
            { value: t('numbers.whole', { value: 86 }), label: t('design.sample.dueIn'), kind: 'dawn' },
            { value: t('numbers.whole', { value: 23 }), label: t('design.sample.overdue'), kind: 'clay' },
            { value: t('numbers.whole', { value: 19 }), label: t('design.sample.onLeave'), kind: 'edge' },
          ],
        },
      },
    ],
  },
  {
    component: 'filters',
    states: [
      {
        state: 'plain',
        values: {
          action: HERE,
          selects: [
            select(t, 'base', [t('design.sample.north'), t('design.sample.south')]),
            select(t, 'state', [t('design.sample.overdue')]),
          ],
          search: { name: 'query', label: t('design.sample.find') },
          kept: [{ name: 'sort', value: 'due' }],
          button: t('design.sample.apply'),
        },
      },
    ],
  },
  {
    component: 'data-table',
    states: [
      { state: 'sorted', values: people(t, place) },
      { state: 'none', values: { ...people(t, place), rows: [] } },
    ],
  },
  {
    component: 'data-cell',
    states: [
      { state: 'link', values: { text: 'Ines Duarte', href: HERE } },
      { state: 'whole', values: { text: 'Ines Duarte', href: HERE, isWhole: true } },
      { state: 'name', values: { text: 'Ines Duarte', isName: true } },
      { state: 'tag', values: { tag: { text: t('design.sample.overdue'), kind: 'clay', icon: 'alert' } } },
      { state: 'shares', values: { parts: parts(90, 7, 3) } },
    ],
  },
  {
    component: 'share-bar',
    states: [
      { state: 'plain', values: { parts: parts(70, 20, 10) } },
      ...(['full', 'due', 'time', 'over'] as const).map(kind => ({
        state: kind,
        values: { parts: [{ percent: 100, kind }], width: 18 },
      })),
    ],
  },
  {
    component: 'bars',
    states: [
      { state: 'one-kind', values: { label: plotLabel(t), key: null, bars: bars(t, ['upper']) } },
      {
        state: 'two-kinds',
        values: {
          label: plotLabel(t),
          key: [t('followUp.after'), t('followUp.before')],
          bars: bars(t, ['upper', 'lower']),
        },
      },
      {
        state: 'too-short-to-tell',
        values: { label: plotLabel(t), key: [t('followUp.after'), t('followUp.before')], bars: noBars(t) },
      },
    ],
  },
  { component: 'columns', states: [{ state: 'plain', values: months(t, place) }] },
  {
    component: 'plot',
    states: [
      {
        state: 'columns',
        values: {
          title: t('design.sample.ending'),
          level: 3,
          columns: { ...months(t, place), label: t('design.sample.endingPlot') },
          table: {
            caption: t('design.sample.endingTable'),
            columns: [
              { label: t('design.sample.month') },
              { label: t('design.sample.certificates'), isNumber: true },
            ],
            rows: months(t, place).columns.map(({ month, text }) => [{ text: month }, { text }]),
          },
        },
      },
      {
        state: 'bars',
        values: {
          title: t('followUp.comparison'),
          bars: { label: t('followUp.perModule'), key: null, bars: bars(t, ['upper']) },
          table: {
            caption: t('followUp.perModule'),
            columns: [{ label: t('followUp.module') }, { label: t('followUp.after'), isNumber: true }],
            rows: bars(t, ['upper']).map(({ label, bars: [bar] }) => [{ text: label }, { text: bar?.text }]),
          },
        },
      },
    ],
  },
  {
    component: 'progress',
    states: [
      progress(t, 'running', { done: 128, href: HERE }),
      progress(t, 'waiting', { done: 128, href: HERE }),
      progress(t, 'done', { done: 412 }),
      progress(t, 'failed', { done: 128 }),
    ],
  },
];

const select = (t: ExampleWords['t'], id: string, labels: readonly string[]) => ({
  id,
  name: id,
  label: t(`design.sample.${id}`),
  blank: t('design.sample.all'),
  options: labels.map(label => ({ value: label, label })),
});

const parts = (full: number, due: number, over: number) => [
  { percent: full, kind: 'full' as const },
  { percent: due, kind: 'due' as const },
  { percent: over, kind: 'over' as const },
];

/** Names come as they are written, in whatever script. */
const PEOPLE = [
  ['Ines Duarte', 'Bergen', 2, true],
  ['محمد الحسن', 'Oslo', 8, true],
  ['Mei Lin Aas', 'Oslo', 15, true],
  ['Jon Vik', 'Bodø', 42, false],
] as const;

function people(t: ExampleWords['t'], place: Place): ViewValues['components/lists/data-table'] {
  const by = (key: string) => `${HERE}?sort=${key}`;
  return {
    caption: t('design.sample.needsAction'),
    columns: [
      { label: t('accounts.name'), href: by('name'), sorted: null },
      { label: t('design.sample.base'), href: by('base'), sorted: null },
      { label: t('design.sample.due'), href: by('due'), sorted: 'ascending' },
      { label: t('design.sample.shares'), href: null },
      { label: t('admin.state'), href: null },
      { label: t('design.sample.reminders'), href: null, isNumber: true },
    ],
    rows: PEOPLE.map(([name, base, day, isOver]) => [
      { text: name, href: HERE },
      { text: base, isName: true },
      { text: formatDate(Date.UTC(2026, 10, day), place) },
      { parts: parts(70, 20, 10) },
      isOver
        ? { tag: { text: t('design.sample.overdue'), kind: 'clay', icon: 'alert' } }
        : { tag: { text: t('design.sample.dueSoon'), kind: 'dawn', icon: 'clock' } },
      { text: t('numbers.whole', { value: day % 4 }), code: true },
    ]),
    empty: t('design.sample.noPeople'),
  };
}

const plotLabel = (t: ExampleWords['t']) => t('design.sample.barsPlot');

const bars = (t: ExampleWords['t'], kinds: readonly ('upper' | 'lower')[]) =>
  [61, 84].map((share, at) => ({
    label: at === 0 ? t('design.sample.module') : t('course.final'),
    bars: kinds.map((kind, line) => {
      const percent = share - 20 * line;
      return { percent, kind, text: t('numbers.percent', { value: percent / 100 }) };
    }),
  }));

const noBars = (t: ExampleWords['t']): ViewValues['components/pictures/bars']['bars'] => [
  {
    label: t('design.sample.module'),
    bars: [
      { percent: 0, kind: 'upper', text: t('numbers.percent', { value: 0 }) },
      { percent: null, kind: 'lower', text: t('statistics.hidden') },
    ],
  },
];

const ENDING = [86, 142, 61, 204, 97, 118, 73, 40, 32, 155, 168, 0];

const months = (t: ExampleWords['t'], place: Place) => ({
  label: t('design.sample.monthsPlot'),
  columns: ENDING.map((value, at) => ({
    label: formatMonth(Date.UTC(2026, 11 + at, 15), place, 'short'),
    month: formatMonth(Date.UTC(2026, 11 + at, 15), place, 'long'),
    value,
    text: t('numbers.whole', { value }),
    isNow: at === 0,
  })),
});

const progress = (
  t: ExampleWords['t'],
  state: ViewValues['components/notices/progress']['state'],
  { done, href }: { done: number; href?: string },
) => ({
  state,
  values: {
    state,
    done,
    href,
    all: 412,
    id: `import-${state}`,
    level: 3,
    title: t('design.sample.import.title'),
    text: t(`design.sample.import.text.${state}`, { done, all: 412 }),
    note: t(`design.sample.import.note.${state}`),
  },
});
