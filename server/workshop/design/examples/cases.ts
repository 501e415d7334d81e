import type { Example, ExampleWords } from '../example.js';

export const cases = ({ t }: ExampleWords): Example[] => [
  {
    component: 'check',
    states: [
      { state: 'plain', values: { check: { ...asked(t), id: 'open', answered: null } } },
      {
        state: 'answered',
        values: {
          check: {
            ...asked(t),
            id: 'right',
            answered: { chosen: 'a', right: true, feedback: t('concern.lead') },
          },
        },
      },
      {
        state: 'not-best',
        values: {
          check: {
            ...asked(t),
            id: 'other',
            answered: { chosen: 'b', right: false, feedback: t('concern.lead') },
          },
        },
      },
      {
        state: 'error',
        values: { check: { ...asked(t), id: 'blank', answered: null }, error: t('question.problem.missing') },
      },
      {
        state: 'copy',
        values: {
          isCopy: true,
          check: {
            ...asked(t),
            id: 'copy',
            answered: null,
            options: asked(t).options.map((option, at) => ({
              ...option,
              right: at === 0,
              feedback: t('concern.lead'),
            })),
          },
        },
      },
    ],
  },
  {
    component: 'sort',
    states: [
      { state: 'plain', values: { sort: { ...sorted(t), id: 'sort' } } },
      {
        state: 'answered',
        values: {
          sort: {
            ...{ ...sorted(t), id: 'sorted', isAnswered: true },
            things: things(t).map((thing, at) => ({
              ...{ ...thing, chosen: 1 },
              told: { isRight: at === 0, group: options(t)[at]?.text ?? '', feedback: t('concern.lead') },
            })),
          },
        },
      },
      {
        state: 'error',
        values: {
          ...{ sort: { ...sorted(t), id: 'unsorted' }, open: 'unsorted-thing-1' },
          error: t('components.sortOpen'),
        },
      },
      {
        state: 'copy',
        values: {
          isCopy: true,
          sort: {
            ...{ ...sorted(t), id: 'sort-copy' },
            things: things(t).map((thing, at) => ({
              ...thing,
              told: { isRight: false, group: options(t)[at]?.text ?? '', feedback: t('concern.lead') },
            })),
          },
        },
      },
    ],
  },
  {
    component: 'case-decision',
    states: [
      { state: 'first', values: { ...decision(t, 1), error: null, level: 3, id: 'first' } },
      {
        state: 'error',
        values: { ...decision(t, 2), error: t('question.problem.missing'), level: 3, id: 'later' },
      },
    ],
  },
  {
    component: 'case-opening',
    states: [{ state: 'plain', values: { opening: t('design.sample.opening') } }],
  },
  {
    component: 'case-quality',
    states: (['best', 'acceptable', 'weak', 'unsafe'] as const).map(quality => ({
      state: quality,
      values: { quality },
    })),
  },
];

const options = (t: ExampleWords['t']) => [
  { id: 'a', text: t('concern.do2') },
  { id: 'b', text: t('concern.doNot2') },
];

const asked = (t: ExampleWords['t']) => ({
  stem: t('design.sample.question'),
  options: options(t),
  action: '/design/cases',
});

const things = (t: ExampleWords['t']) =>
  [t('design.sample.happens'), t('design.sample.opening')].map((text, at) => ({
    ...{ name: `thing-${at + 1}`, text, chosen: null },
    told: null,
  }));

const sorted = (t: ExampleWords['t']) => ({
  stem: t('design.sample.question'),
  groups: options(t).map(({ text }) => text),
  things: things(t),
  isAnswered: false,
  action: '/design/cases',
});

const booking = (t: ExampleWords['t']) => ({
  kind: 'booking' as const,
  title: t('design.sample.question'),
  facts: [
    { label: t('exhibits.who'), value: t('design.sample.role') },
    { label: t('exhibits.entry'), value: t('design.sample.happens') },
  ],
});

const decision = (t: ExampleWords['t'], position: number) => ({
  case: {
    role: t('design.sample.role'),
    opening: t('design.sample.opening'),
    text: t('design.sample.happens'),
    exhibit: position === 1 ? booking(t) : null,
    decision: position,
  },
  question: t('design.sample.question'),
  options: options(t),
});
