export const up = [
  // A check of the ledger that an administrator asked for, and what came of it. in_turn is 1 while one waits or runs: there is no second.
  `create table ledger_checks (
    id varchar(36) primary key,
    asked_by varchar(36) not null references users (id),
    asked_at bigint not null,
    is_whole boolean not null,
    state varchar(10) not null,
    in_turn smallint,
    done integer not null default 0,
    total integer not null default 0,
    finished_at bigint,
    since integer,
    up_to integer,
    counted text,
    faults integer,
    named text
  )`,
  'create unique index ledger_checks_turn on ledger_checks (in_turn)',
  'create index ledger_checks_newest on ledger_checks (asked_at, id)',
];

export const down = ['drop table ledger_checks'];
