export const up = [
  // A legal hold on a file: it is not removed while one stands.
  'alter table sealed_files add column held_at bigint',
  'alter table sealed_files add column held_by varchar(36) references users (id)',
  'alter table sealed_files add column held_why varchar(500)',
];

export const down = [
  'alter table sealed_files drop column held_why',
  'alter table sealed_files drop column held_by',
  'alter table sealed_files drop column held_at',
];
