import type { Example, ExampleWords } from '../example.js';

const HERE = '/design/actions';

export const actions = ({ t }: ExampleWords): Example[] => [
  {
    component: 'button',
    states: [
      { state: 'primary', values: { text: t('question.save'), kind: 'primary', arrow: true } },
      { state: 'second', values: { text: t('components.checkAnswer'), kind: 'second' } },
      { state: 'link', values: { text: t('about.continue'), href: HERE, arrow: true } },
      {
        state: 'file',
        values: { text: t('certificate.pdf'), href: HERE, kind: 'second', icon: 'download', download: true },
      },
      { state: 'sends', values: { text: t('onePage.review'), name: 'then', value: 'review' } },
    ],
  },
  {
    component: 'copy-button',
    states: [
      {
        state: 'plain',
        values: { text: t('certificate.copy'), address: `https://training.example.org${HERE}` },
      },
      {
        state: 'labelled',
        values: { text: t('apiTokens.copy'), address: 'spt_example', label: t('apiTokens.token') },
      },
    ],
  },
  {
    component: 'csv-meaning',
    states: [
      { state: 'plain', values: { href: `${HERE}.csv` } },
      { state: 'named', values: { href: `${HERE}.csv`, of: t('reports.csv') } },
    ],
  },
  { component: 'back-link', states: [{ state: 'plain', values: { href: HERE, text: t('quiz.back') } }] },
  {
    component: 'tabs',
    states: [
      {
        state: 'labelled',
        values: {
          summary: t('organisations.menu'),
          label: t('organisations.menu'),
          part: t('design.heading'),
          groups: [
            {
              label: t('organisations.group.people'),
              tabs: [
                { href: HERE, text: t('organisations.tab.people'), isCurrent: true },
                { href: `${HERE}#units`, text: t('organisations.tab.units'), isCurrent: false },
              ],
            },
            {
              label: t('organisations.group.reports'),
              tabs: [{ href: `${HERE}#evidence`, text: t('organisations.tab.evidence'), isCurrent: false }],
            },
          ],
        },
      },
      {
        state: 'plain',
        values: {
          summary: t('room.navigation'),
          label: t('room.navigation'),
          part: t('design.heading'),
          groups: [
            {
              label: null,
              tabs: [{ href: `${HERE}#room`, text: t('room.page.overview'), isCurrent: false }],
            },
          ],
        },
      },
    ],
  },
  { component: 'contact', states: [{ state: 'plain', values: { contact: 'training@example.org' } }] },
  {
    component: 'tag',
    states: [
      { state: 'open', values: { text: t('course.status.open') } },
      { state: 'now', values: { text: t('course.status.now'), kind: 'dawn' } },
      { state: 'due', values: { text: t('design.sample.dueSoon'), kind: 'dawn', icon: 'clock' } },
      { state: 'overdue', values: { text: t('design.sample.overdue'), kind: 'clay', icon: 'alert' } },
      { state: 'valid', values: { text: t('state.valid'), kind: 'moss', icon: 'tick', state: 'valid' } },
    ],
  },
  {
    component: 'pagination',
    states: [
      { state: 'plain', values: { next: HERE } },
      { state: 'last', values: { next: null } },
    ],
  },
  {
    component: 'keep-offline',
    states: [
      {
        state: 'plain',
        values: {
          path: HERE,
          title: t('design.heading'),
          copies: HERE,
          what: t('keep.card', { size: t('keep.size', { megabytes: 0.1 }) }),
          keep: t('keep.keepCard'),
        },
      },
    ],
  },
];
