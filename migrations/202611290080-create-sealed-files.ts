export const up = [
  // A file that is made in the background and then never changes. The file itself stands in the data folder until it is removed;
  // its size and its hash stay.
  `create table sealed_files (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    kind varchar(40) not null,
    params text not null,
    ask_key varchar(64) not null,
    asked_by varchar(36) references users (id),
    known_at bigint not null,
    state varchar(10) not null check (state in ('asked', 'making', 'ready', 'failed', 'gone')),
    done integer not null default 0,
    total integer not null default 0,
    file_name varchar(200) not null,
    made_at bigint,
    size bigint,
    sha256 varchar(64),
    row_count integer,
    expires_at bigint,
    check (state <> 'ready' or (size is not null and sha256 is not null))
  )`,
  'create index sealed_files_organisation on sealed_files (organisation_id, known_at)',
  `create unique index sealed_files_open on sealed_files (organisation_id, ask_key) where state in ('asked', 'making')`,
  `create index sealed_files_end on sealed_files (expires_at) where state = 'ready' and expires_at is not null`,
];

export const down = ['drop table sealed_files'];
