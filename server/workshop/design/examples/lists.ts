import type { ViewValues } from '../../../../dist/views/values.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import type { Example, ExampleWords } from '../example.js';
import { sampleWait } from './sample-wait.js';

type Row = ViewValues['components/lists/task-row'];

const HERE = '/design/lists';
const CODE = '7K3M-9QXD-2TFA-W5HN';

export const lists = ({ t, place }: ExampleWords): Example[] => {
  const awarded = formatDate(Date.UTC(2026, 10, 24), place);
  const validUntil = formatDate(Date.UTC(2027, 10, 30), place);
  const wait = sampleWait({ t, place });
  const certificate = {
    holder: 'Ada Marlow',
    course: t('design.sample.course'),
    subject: null,
    awarded,
    validUntil,
    code: CODE,
  };
  return [
    {
      component: 'task-row',
      list: 'tasks',
      states: [
        row(t, 'done', { size: 32, sign: 'foundations' }),
        row(t, 'now', {}),
        row(t, 'open', {}),
        row(t, 'now', { href: `${HERE}/waiting`, detail: wait.text, wait: wait.wait }),
        row(t, 'not-yet', { href: null }),
        row(t, 'open', {
          href: `${HERE}/plain`,
          statusText: t('components.minutes', { count: 4 }),
          plain: true,
        }),
        row(t, 'now', {
          href: null,
          statusText: '',
          tag: { text: t('design.sample.overdue'), kind: 'clay', icon: 'alert' },
          action: { href: HERE, text: t('about.continue') },
        }),
        row(t, 'goal', { href: null, title: t('components.certificate'), statusText: '' }),
      ],
    },
    {
      component: 'fact-list',
      states: [
        {
          state: 'plain',
          values: {
            facts: [
              { label: t('verify.nameOn'), value: 'Ada Marlow' },
              { label: t('components.awarded'), value: awarded },
              { label: t('verify.number'), value: CODE, code: true },
            ],
          },
        },
      ],
    },
    {
      component: 'course-card',
      list: 'cards',
      states: [
        { state: 'plain', values: { course: course(t, 'airline-and-transport') } },
        {
          state: 'restricted',
          values: {
            course: { ...course(t, 'law-enforcement'), restricted: true, ask: ASK },
            contact: 'training@example.org',
            level: 3,
          },
        },
      ],
    },
    {
      component: 'certificate-card',
      states: [
        { state: 'plain', values: { certificate, qr: null, level: 3 } },
        { state: 'taken-back', values: { certificate, qr: null, level: 3, instead: t('state.revoked') } },
        {
          state: 'with-qr',
          values: {
            certificate: { ...certificate, holder: 'مريم الأحمد' },
            // Not a code that can be read: the three corners of one.
            qr: { size: 21, path: 'M0 0h7v7h-7zM14 0h7v7h-7zM0 14h7v7h-7zM9 9h3v3h-3z' },
            level: 3,
            isNew: true,
          },
        },
      ],
    },
    {
      component: 'duration',
      states: [
        { state: 'plain', values: { minutes: 42, modules: 1 } },
        { state: 'long', values: { minutes: 190, modules: 8 } },
      ],
    },
    {
      component: 'prose',
      states: [
        {
          state: 'plain',
          values: {
            html: `<h3>${t('lesson.summary')}</h3><p>${t('concern.lead')}</p><ul><li>${t('concern.do2')}</li></ul>`,
          },
        },
      ],
    },
  ];
};

const row = (t: ExampleWords['t'], state: Row['state'], more: Partial<Row>) => ({
  state,
  values: {
    state,
    title: t('design.sample.module'),
    href: `${HERE}/${state}`,
    detail: t('course.questions', { count: 5 }),
    statusText: t(`course.status.${state}`),
    begun: state === 'now',
    ...more,
  },
});

const course = (t: ExampleWords['t'], slug: string) => ({
  slug,
  title: t('design.sample.course'),
  audience: t('design.sample.audience'),
  minutes: 95,
  moduleCount: 8,
  validMonths: 12,
  restricted: false,
  ask: null,
  href: `${HERE}/${slug}`,
});

const ASK = { whom: [], mailto: 'mailto:training@example.org' };
