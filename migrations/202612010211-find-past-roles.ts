export const up = [
  // A second factor is asked for from the first role of the last twelve months on, also of one that has ended.
  'create index role_grants_past on role_grants (user_id, ended_at) where ended_at is not null',
];

export const down = ['drop index role_grants_past'];
