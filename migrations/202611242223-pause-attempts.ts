export const name = '202611242223-pause-attempts';

/**
 * A pause moves the end of an attempt. Only whether it stands still now is kept, and for how long it did in all, since
 * that has a bound: not when, how often or why.
 */
export const up = [
  'alter table attempts add column paused_at bigint',
  'alter table attempts add column paused_ms bigint not null default 0',
];

export const down = [
  'alter table attempts drop column paused_ms',
  'alter table attempts drop column paused_at',
];
