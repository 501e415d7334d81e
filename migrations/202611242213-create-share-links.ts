export const name = '202611242213-create-share-links';

/** A link that shows the whole record of a certificate until a day. Only the hash of its secret text is kept. */
export const up = [
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
  `create index share_links_cycle on share_links (cycle_id, created_at)`,
];

export const down = ['drop table share_links'];
