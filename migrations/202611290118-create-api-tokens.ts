export const up = [
  // What a program of an organisation proves itself with: only its hash is kept, and the few letters that it begins with.
  `create table api_tokens (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    name varchar(100) not null,
    scopes varchar(200) not null,
    beginning varchar(12) not null,
    token_hash varchar(64) not null,
    made_by varchar(36) references users (id),
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    ended_by varchar(36) references users (id),
    ended_at bigint
  )`,
  'create unique index api_tokens_hash on api_tokens (token_hash)',
  'create index api_tokens_organisation on api_tokens (organisation_id, made_at)',
];

export const down = ['drop table api_tokens'];
