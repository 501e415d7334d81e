export const up = [
  // When those who need a token were told that it ends: once.
  'alter table api_tokens add column reminded_at bigint',
  'create index api_tokens_ending on api_tokens (expires_at) where ended_at is null and reminded_at is null',
];

export const down = ['drop index api_tokens_ending', 'alter table api_tokens drop column reminded_at'];
