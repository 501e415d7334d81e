export const up = [
  `create table passkeys (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    credential_id varchar(1400) not null unique,
    public_key varchar(1000) not null,
    counter bigint not null,
    name varchar(60) not null,
    added_at bigint not null,
    last_used_at bigint
  )`,
  'create index passkeys_person on passkeys (user_id)',
  // What a browser was asked last, until its passkey has answered.
  `create table passkey_challenges (
    holder varchar(64) primary key,
    challenge varchar(43) not null,
    expires_at bigint not null
  )`,
  'create index passkey_challenges_end on passkey_challenges (expires_at)',
];

export const down = ['drop table passkey_challenges', 'drop table passkeys'];
