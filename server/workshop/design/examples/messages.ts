import { formatDate } from '../../../platform/i18n/i18n.js';
import type { Example, ExampleWords } from '../example.js';
import { sampleWait } from './sample-wait.js';

const HERE = '/design/messages';

export const messages = ({ t, place }: ExampleWords): Example[] => [
  {
    component: 'notice',
    states: [
      {
        state: 'content',
        values: {
          kind: 'dawn',
          title: t('lesson.before'),
          id: 'care',
          text: t('care.about'),
          link: { href: HERE, text: t('lesson.skip') },
        },
      },
      {
        state: 'next',
        values: {
          kind: 'dawn',
          title: t('remediation.firstTitle', { count: 1 }),
          text: t('remediation.firstText', { count: 1 }),
          link: { href: HERE, text: t('remediation.begin', { count: 1 }), isNext: true },
        },
      },
      {
        state: 'wait',
        values: { kind: 'mist', title: t('limits.waitTitle'), ...sampleWait({ t, place }), again: HERE },
      },
      { state: 'quiet', values: { kind: 'mist', title: t('result.noLimit'), text: t('result.noLimitText') } },
      {
        state: 'address',
        values: {
          kind: 'mist',
          title: t('limits.noneTitle'),
          text: `${t('components.contact')} people@example.org`,
          mail: 'people@example.org',
        },
      },
      {
        state: 'saved',
        values: { kind: 'moss', title: t('account.saved'), text: t('account.nameSaved'), role: 'status' },
      },
      {
        state: 'failed',
        values: {
          kind: 'clay',
          title: t('questions.nothing'),
          paragraphs: [t('questions.nothingText'), t('errors.file')],
        },
      },
    ],
  },
  {
    component: 'wait',
    states: [{ state: 'plain', values: { ...sampleWait({ t, place }), href: HERE } }],
  },
  {
    component: 'review-notice',
    states: [
      { state: 'none', values: { title: t('law.noticeTitle'), reviews: [], concernHref: '/concern' } },
      {
        state: 'reviewed',
        values: {
          title: t('law.reviewedTitle'),
          reviews: [
            {
              name: 'Ines Duarte',
              role: t('design.sample.lawyer'),
              date: formatDate(Date.UTC(2026, 9, 3), place),
            },
          ],
          concernHref: '/concern',
        },
      },
    ],
  },
  {
    component: 'who-to-tell',
    states: [
      {
        state: 'plain',
        values: {
          lines: ['danger', 'work', 'fails'].map(line => ({
            label: t(`course.tell.${line}.when`),
            text: t(`course.tell.${line}.whom`),
          })),
        },
      },
    ],
  },
  {
    component: 'do-list',
    states: [
      {
        state: 'plain',
        values: {
          do: [1, 2, 3, 4].map(at => t(`concern.do${at}`)),
          doNot: [1, 2, 3, 4].map(at => t(`concern.doNot${at}`)),
        },
      },
    ],
  },
];
