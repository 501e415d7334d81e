// When the person of a session last proved that it is they.
export const up = [
  'alter table sessions add column proven_at bigint not null default 0',
  'update sessions set proven_at = created_at',
];

export const down = ['alter table sessions drop column proven_at'];
