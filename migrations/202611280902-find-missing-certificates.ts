export const name = '202611280902-find-missing-certificates';

/** To look for cycles that were completed and have no certificate, and for awards that nobody signed. */
export const up = [
  'create index cycles_completed on cycles (completed_at, id) where completed_at is not null',
  'create index certificates_unsigned on certificates (created_at) where issued_at is null',
];

export const down = ['drop index certificates_unsigned', 'drop index cycles_completed'];
