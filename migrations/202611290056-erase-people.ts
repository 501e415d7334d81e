export const up = [
  'alter table users add column erased_at bigint',

  // Somebody is to be erased: an account, or a membership without one. Whoever decides gives a reason.
  `create table erasure_requests (
    id varchar(36) primary key,
    user_id varchar(36) references users (id),
    membership_id varchar(36) references memberships (id),
    asked_by varchar(36) references users (id),
    why varchar(500) not null,
    asked_at bigint not null,
    state varchar(10) not null check (state in ('asked', 'withdrawn', 'refused', 'decided', 'done')),
    decided_by varchar(36) references users (id),
    decided_at bigint,
    because varchar(500),
    steps_done integer not null default 0,
    finished_at bigint,
    check ((user_id is null) <> (membership_id is null))
  )`,
  `create unique index erasure_requests_user on erasure_requests (user_id)
     where user_id is not null and state in ('asked', 'decided')`,
  `create unique index erasure_requests_membership on erasure_requests (membership_id)
     where membership_id is not null and state in ('asked', 'decided')`,
  'create index erasure_requests_state on erasure_requests (state, asked_at)',

  // Nothing of somebody is erased while one stands.
  `create table legal_holds (
    id varchar(36) primary key,
    user_id varchar(36) references users (id),
    membership_id varchar(36) references memberships (id),
    why varchar(500) not null,
    placed_by varchar(36) references users (id),
    placed_at bigint not null,
    lifted_by varchar(36) references users (id),
    lifted_at bigint
  )`,
  'create unique index legal_holds_user on legal_holds (user_id) where user_id is not null and lifted_at is null',
  `create unique index legal_holds_membership on legal_holds (membership_id)
     where membership_id is not null and lifted_at is null`,

  // A certificate whose details were erased: what proves that it was issued.
  `create table erasures (
    certificate_id varchar(36) primary key references certificates (id),
    erasure_id varchar(36) not null,
    sha256 varchar(64) not null,
    award_sha256 varchar(64) not null,
    facts_until varchar(10),
    actor_id varchar(36) references users (id),
    erased_at bigint not null
  )`,
  'create index erasures_end on erasures (facts_until) where facts_until is not null',

  // An event that keeps its hash and its place in the chain, and no longer says anything.
  `create table event_redactions (
    chain varchar(36) not null,
    seq bigint not null,
    erasure_id varchar(36) not null,
    hash varchar(64) not null,
    primary key (chain, seq)
  )`,
  'create index event_redactions_erasure on event_redactions (erasure_id)',
];

export const down = [
  'drop table event_redactions',
  'drop table erasures',
  'drop table legal_holds',
  'drop table erasure_requests',
  'alter table users drop column erased_at',
];
