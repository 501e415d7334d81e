import type { Example, ExampleWords } from '../example.js';

export const fields = ({ t }: ExampleWords): Example[] => [
  {
    component: 'error-summary',
    states: [
      { state: 'plain', values: { errors: { 'full-name': t('errors.name'), form: t('errors.again') } } },
      { state: 'none', values: { errors: {} } },
    ],
  },
  {
    component: 'field',
    states: [
      {
        state: 'plain',
        values: {
          name: 'name',
          label: t('accounts.name'),
          hint: t('accounts.nameHint'),
          value: 'Ada Marlow',
          autocomplete: 'off',
          maxlength: 200,
        },
      },
      {
        state: 'error',
        values: {
          name: 'full-name',
          label: t('accounts.name'),
          hint: t('accounts.nameHint'),
          error: t('errors.name'),
        },
      },
      {
        state: 'email',
        values: { name: 'email', label: t('accounts.email'), type: 'email', inputmode: 'email' },
      },
      {
        state: 'code',
        values: { name: 'number', label: t('components.number'), value: '7K3M-9QXD-2TFA-W5HN', code: true },
      },
    ],
  },
  {
    component: 'date-field',
    states: [
      {
        state: 'plain',
        values: {
          name: 'checked',
          label: t('ownLine.checkedOn'),
          hint: t('components.dateHint'),
          value: { day: '24', month: '11', year: '2026' },
        },
      },
      {
        state: 'error',
        values: {
          name: 'agreed-on',
          label: t('person.agreedOn'),
          hint: t('components.dateHint'),
          value: { day: '31', month: '2', year: '2026' },
          error: t('errors.agreedOn'),
        },
      },
    ],
  },
  { component: 'error', states: [{ state: 'plain', values: { id: 'code-error', text: t('errors.code') } }] },
  {
    component: 'password-field',
    states: [
      {
        state: 'plain',
        values: {
          name: 'password',
          label: t('accounts.password'),
          hint: t('accounts.passwordHint'),
          autocomplete: 'new-password',
        },
      },
      {
        state: 'error',
        values: {
          name: 'present',
          label: t('account.present'),
          error: t('errors.present-password'),
          autocomplete: 'current-password',
        },
      },
    ],
  },
  {
    component: 'select',
    states: [
      { state: 'plain', values: { ...bank(t), id: 'bank', value: 'foundations' } },
      {
        state: 'error',
        values: { ...bank(t), id: 'bank-wrong', name: 'bank-wrong', error: t('errors.bank') },
      },
    ],
  },
  {
    component: 'text-area',
    states: [
      {
        state: 'plain',
        values: {
          name: 'told',
          label: t('report.field.told.label'),
          hint: t('report.field.told.hint'),
          rows: 3,
        },
      },
      {
        state: 'error',
        values: {
          name: 'words',
          label: t('report.field.words.label'),
          value: '?',
          error: t('report.field.words.lack'),
          rows: 3,
        },
      },
      {
        state: 'code',
        values: {
          name: 'yaml',
          label: t('questions.yaml'),
          value: 'items:\n  - id: M1-001\n    type: single',
          rows: 3,
          code: true,
        },
      },
    ],
  },
  {
    component: 'choice',
    states: [
      {
        state: 'radio',
        values: {
          type: 'radio',
          name: 'sure',
          value: 'fairly',
          id: 'fairly',
          text: t('question.confidence.fairly'),
        },
      },
      {
        state: 'chosen',
        values: {
          type: 'radio',
          name: 'sure',
          value: 'sure',
          id: 'sure',
          text: t('question.confidence.sure'),
          checked: true,
        },
      },
      {
        state: 'checkbox',
        values: {
          type: 'checkbox',
          name: 'passes',
          value: 'withdraw',
          id: 'passes',
          text: t('regrade.withdraw'),
          checked: true,
        },
      },
      {
        state: 'described',
        values: {
          type: 'checkbox',
          name: 'agreed',
          value: 'yes',
          id: 'agreed',
          text: t('keys.sure'),
          checked: false,
          describedBy: 'code-error',
        },
      },
      {
        state: 'typed',
        values: {
          type: 'checkbox',
          name: 'requirement',
          value: '1',
          id: 'requirement-1',
          text: 'عايدة',
          isTyped: true,
        },
      },
    ],
  },
  {
    component: 'code-form',
    states: [
      { state: 'plain', values: { hint: t('verify.hint') } },
      {
        state: 'error',
        values: {
          id: 'code-wrong',
          hint: t('verify.hint'),
          value: '12',
          error: t('errors.code'),
          kind: 'second',
        },
      },
    ],
  },
  { component: 'csrf', states: [{ state: 'unseen', values: {} }] },
  { component: 'once', states: [{ state: 'unseen', values: { once: 'drawn-with-the-form' } }] },
];

const bank = (t: ExampleWords['t']) => ({
  name: 'bank',
  label: t('questions.bank'),
  hint: t('questions.bankHint'),
  blank: t('questions.choose'),
  options: [
    { value: 'foundations', label: t('course.quiz') },
    { value: 'final', label: t('course.final') },
  ],
});
