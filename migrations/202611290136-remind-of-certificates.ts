export const up = [
  // The end of its certificate of which the administrators of its organisation were told: of each end once.
  'alter table identity_providers add column told_end bigint',
];

export const down = ['alter table identity_providers drop column told_end'];
