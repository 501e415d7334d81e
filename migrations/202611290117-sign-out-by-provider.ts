export const up = [
  // By which provider somebody came, and a hash of the name that it has for their session there.
  'alter table sessions add column provider_id varchar(36)',
  'alter table sessions add column provider_session varchar(64)',
  'create index sessions_provider on sessions (provider_id, provider_session) where provider_id is not null',
  // Each message that signs somebody out counts once.
  `create table identity_sign_outs (
    id_hash varchar(64) primary key,
    expires_at bigint not null
  )`,
  'create index identity_sign_outs_expiry on identity_sign_outs (expires_at)',
];

export const down = [
  'drop table identity_sign_outs',
  'drop index sessions_provider',
  'alter table sessions drop column provider_session',
  'alter table sessions drop column provider_id',
];
