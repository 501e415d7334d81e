/**
 * Each organisation has a chain of events of its own; `account` and `installation` are the two others. The one chain there
 * was goes on as the installation's, number by number, so that its hashes still prove it. A job names its event by id, and
 * is written together with it: no cursor has to follow the log.
 */
export const up = [
  `create table events_in_chains (
    chain varchar(36) not null,
    seq bigint not null,
    id varchar(36) not null unique,
    name varchar(60) not null,
    payload text not null,
    actor_id varchar(36),
    organisation_id varchar(36),
    created_at bigint not null,
    previous_hash varchar(64) not null,
    hash varchar(64) not null,
    primary key (chain, seq)
  )`,
  `insert into events_in_chains
   select 'installation', seq, id, name, payload, actor_id, organisation_id, created_at, previous_hash, hash from events`,
  'alter table jobs add column event_id varchar(36)',
  'update jobs set event_id = (select id from events where seq = jobs.event_seq)',
  'alter table jobs drop column event_seq',
  'drop table events',
  'alter table events_in_chains rename to events',
  'create index events_name on events (name, chain, seq)',
  'create index events_time on events (created_at)',

  // The last event of each chain.
  `create table event_chains (
    chain varchar(36) primary key,
    seq bigint not null,
    hash varchar(64) not null
  )`,
  `insert into event_chains select chain, seq, hash from events order by seq desc limit 1`,
  'drop table event_cursors',

  // The ends of the chains that a signed head vouches for: those that had moved since the head before.
  `create table chain_ends (
    chain varchar(36) not null,
    number integer not null,
    seq bigint not null,
    hash varchar(64) not null,
    primary key (chain, number)
  )`,
];

/** Only the installation's chain fits the table as it was: the way back is open until anything else was recorded. */
export const down = [
  'drop table chain_ends',
  `create table event_cursors (
    name varchar(40) primary key,
    seq bigint not null
  )`,
  `insert into event_cursors (name, seq)
   select 'reactions', coalesce((select max(seq) from event_chains where chain = 'installation'), 0)`,
  'drop table event_chains',
  'alter table jobs add column event_seq bigint',
  'update jobs set event_seq = (select seq from events where id = jobs.event_id)',
  'alter table jobs drop column event_id',
  `create table events_in_one_chain (
    seq bigint primary key,
    id varchar(36) not null unique,
    name varchar(60) not null,
    payload text not null,
    actor_id varchar(36),
    organisation_id varchar(36),
    created_at bigint not null,
    previous_hash varchar(64) not null,
    hash varchar(64) not null
  )`,
  `insert into events_in_one_chain
   select seq, id, name, payload, actor_id, organisation_id, created_at, previous_hash, hash from events`,
  'drop table events',
  'alter table events_in_one_chain rename to events',
  'create index events_name on events (name, seq)',
  'create index events_time on events (created_at)',
];
