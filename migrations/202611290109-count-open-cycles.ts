export const up = [
  // Of open cycles, only those that nobody has left count as learning.
  'drop index cycles_open',
  'create index cycles_open on cycles (completed_at, left_at) where completed_at is null',
];

export const down = [
  'drop index cycles_open',
  'create index cycles_open on cycles (completed_at) where completed_at is null',
];
