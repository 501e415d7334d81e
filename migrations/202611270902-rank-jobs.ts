export const name = '202611270902-rank-jobs';

/** What somebody waits for at a screen (0) goes before what may take its time (1). */
export const up = [
  'alter table jobs add column rank integer not null default 1',
  'drop index jobs_due',
  'create index jobs_due on jobs (state, rank, run_at)',
];

export const down = [
  'drop index jobs_due',
  'create index jobs_due on jobs (state, run_at)',
  'alter table jobs drop column rank',
];
