export const name = '202611280917-index-counted-rows';

/**
 * The first page of the administration counts these rows up to a limit. Each index holds nothing else, so counting stops
 * there, however many rows the table holds. (`cycles_completed` serves completed courses.)
 */
export const up = [
  'create index users_confirmed on users (email_confirmed_at) where email_confirmed_at is not null',
  'create index cycles_open on cycles (completed_at) where completed_at is null',
  'create index certificates_issued on certificates (issued_at) where issued_at is not null',
];

export const down = [
  'drop index certificates_issued',
  'drop index cycles_open',
  'drop index users_confirmed',
];
