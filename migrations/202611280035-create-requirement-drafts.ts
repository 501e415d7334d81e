/**
 * A version of a requirement that somebody has composed and not confirmed, and what it would do. `after_number`: the newest
 * version that they saw. `rule`, `outcome`: as JSON. `digest`: the hash of the outcome; `seen_digest`: of the one that was
 * confirmed. `done` and `people`: how far it is reckoned.
 */
export const up = [
  `create table requirement_drafts (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    requirement_id varchar(36) references requirements (id),
    after_number integer not null,
    title varchar(200) not null,
    from_day varchar(10) not null,
    rule text not null,
    state varchar(12) not null default 'rehearsing'
      check (state in ('rehearsing', 'rehearsed', 'confirming', 'kept', 'refused')),
    done integer not null default 0,
    people integer not null default 0,
    outcome text,
    digest varchar(64),
    seen_outcome text,
    kept_as varchar(36),
    actor_id varchar(36) not null,
    created_at bigint not null
  )`,
  'create index requirement_drafts_organisation on requirement_drafts (organisation_id, created_at)',
  'create index requirement_drafts_time on requirement_drafts (created_at)',
];

export const down = ['drop table requirement_drafts'];
