import type { Rule } from '../../../server/proof/requirements/requirement-rule.js';

/** Everybody has to hold the airline course within 60 days of hire, renewed with its certificate; no notice, no reminders. */
export const someRule = (more: Partial<Rule> = {}): Rule => ({
  inForce: true,
  audience: { units: [], jobs: [], tags: [], hiredSince: null, holds: null },
  mode: 'follow',
  courses: ['airline-and-transport'],
  firstDue: { after: 'hired', days: 60 },
  noticeDays: 0,
  bringForward: false,
  renewal: { kind: 'as-certificate' },
  graceDays: 0,
  graceCounts: false,
  reminders: [],
  leave: { due: 'stays' },
  material: [],
  source: '',
  ...more,
});

/** An audience with these conditions and no others. */
export const audienceOf = (conditions: Partial<Rule['audience']>): Rule['audience'] => ({
  ...someRule().audience,
  ...conditions,
});
