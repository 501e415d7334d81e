export const up = [
  // A list of people that was uploaded. `preview` and `inputs_hash`: what was shown, and the hash of all that it depended on.
  `create table rosters (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    file_name varchar(200) not null,
    file_hash varchar(64) not null,
    source text not null,
    header text not null,
    row_count integer not null,
    part_count integer not null,
    uploaded_by varchar(36) not null,
    uploaded_at bigint not null,
    state varchar(10) not null default 'uploaded' check (state in ('uploaded', 'previewed', 'confirmed', 'done')),
    chosen text,
    preview text,
    inputs_hash varchar(64),
    previewed_at bigint,
    confirmed_by varchar(36),
    confirmed_at bigint,
    parts_done integer not null default 0,
    counts text,
    finished_at bigint,
    removed_at bigint
  )`,
  'create index rosters_organisation on rosters (organisation_id, uploaded_at)',
  // Of two imports at once the second waits.
  `create unique index rosters_confirmed on rosters (organisation_id) where state = 'confirmed'`,
  'create index rosters_kept on rosters (uploaded_at) where removed_at is null',

  // The rows of a list, in parts, each with its verdicts. Removed after 30 days.
  `create table roster_parts (
    roster_id varchar(36) not null references rosters (id),
    number integer not null,
    table_rows text not null,
    verdicts text,
    primary key (roster_id, number)
  )`,
];

export const down = ['drop table roster_parts', 'drop table rosters'];
