export const up = [
  // A link for one course that a manager mails to an address. membership_id: whose it is, once that is known.
  `create table course_links (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    unit_id varchar(36) references units (id),
    course_slug varchar(80) not null,
    email varchar(254) not null,
    name varchar(400) not null,
    token_hash varchar(64) not null unique,
    sent_by varchar(36) not null references users (id),
    created_at bigint not null,
    expires_at bigint not null,
    sent_at bigint,
    outcome varchar(10) check (outcome in ('opened', 'withdrawn', 'replaced')),
    ended_at bigint,
    membership_id varchar(36) references memberships (id)
  )`,
  `create unique index course_links_open on course_links (organisation_id, course_slug, email) where ended_at is null`,
  'create index course_links_organisation on course_links (organisation_id, created_at)',
  'create index course_links_membership on course_links (membership_id)',
];

export const down = ['drop table course_links'];
