export const name = '202611242212-choose-shown-name';

/** What strangers see of the name: as the organisation chose, or less, as the holder chose for a certificate. */
export const up = [
  `alter table organisations add column shown_name varchar(10) not null default 'masked'
    check (shown_name in ('hidden', 'masked', 'full'))`,
  `create table shown_names (
    cycle_id varchar(36) primary key references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    shown_name varchar(10) not null check (shown_name in ('hidden', 'masked', 'full')),
    chosen_at bigint not null
  )`,
];

export const down = ['drop table shown_names', 'alter table organisations drop column shown_name'];
