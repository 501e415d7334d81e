export const up = [
  // From which browser and system a session began, and a keyed hash of its network. Earlier sessions do not say.
  'alter table sessions add column browser varchar(20)',
  'alter table sessions add column system varchar(20)',
  'alter table sessions add column network varchar(43)',
  // Every sign-in, for half a year.
  `create table sign_ins (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    at bigint not null,
    browser varchar(20) not null,
    system varchar(20) not null,
    network varchar(43) not null,
    is_new boolean not null
  )`,
  'create index sign_ins_person on sign_ins (user_id, at)',
  'create index sign_ins_time on sign_ins (at)',
  // What was refused, counted for each hour: by whom (null: nobody who is known), and from which network (a keyed hash; '': many).
  `create table refusals (
    id varchar(64) primary key,
    kind varchar(10) not null,
    what varchar(60) not null,
    network varchar(43) not null,
    user_id varchar(36) references users (id),
    times integer not null,
    first_at bigint not null,
    last_at bigint not null
  )`,
  'create index refusals_time on refusals (last_at, id)',
  'create index refusals_person on refusals (user_id, last_at)',
];

export const down = [
  'drop table refusals',
  'drop table sign_ins',
  'alter table sessions drop column network',
  'alter table sessions drop column system',
  'alter table sessions drop column browser',
];
