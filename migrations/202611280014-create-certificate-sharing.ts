export const up = [
  // A request to correct the name on a certificate. It is about the cycle, as the certificate may be replaced meanwhile.
  // Only one at a time waits for an answer.
  `create table name_requests (
    id varchar(36) primary key,
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    name varchar(400) not null,
    why varchar(1000) not null,
    requested_at bigint not null,
    decision varchar(10) check (decision in ('approved', 'refused')),
    decided_by varchar(36) references users (id),
    decided_at bigint,
    answer varchar(1000)
  )`,
  'create unique index name_requests_waiting on name_requests (cycle_id) where decided_at is null',
  'create index name_requests_organisation on name_requests (organisation_id, requested_at)',

  // How much of their name the holder of a certificate lets strangers see: at most what the organisation shows.
  `create table shown_names (
    cycle_id varchar(36) primary key references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    shown_name varchar(10) not null check (shown_name in ('hidden', 'masked', 'full')),
    chosen_at bigint not null
  )`,

  // A link that shows the whole record of a certificate until a set day. Only the hash of its secret is kept.
  `create table share_links (
    id varchar(36) primary key,
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    token_hash varchar(64) not null unique,
    created_at bigint not null,
    expires_at bigint not null,
    closed_at bigint
  )`,
  'create index share_links_cycle on share_links (cycle_id, created_at)',

  // How often certificates were checked: a row for each day, way and verdict. It belongs to no organisation: nothing is kept
  // of who asked or about whom, and most of what is checked may not be ours at all.
  `create table certificate_checks (
    day varchar(10) not null,
    way varchar(10) not null check (way in ('number', 'file')),
    verdict varchar(20) not null,
    checks integer not null check (checks > 0),
    primary key (day, way, verdict)
  )`,
];

export const down = [
  'drop table certificate_checks',
  'drop table share_links',
  'drop table shown_names',
  'drop table name_requests',
];
