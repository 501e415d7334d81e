export const up = [
  // A link by which somebody joins their account to a membership. Only the hash of the link is here.
  `create table invitations (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    membership_id varchar(36) not null references memberships (id),
    email varchar(254) not null,
    token_hash varchar(64) not null unique,
    invited_by varchar(36) not null,
    created_at bigint not null,
    expires_at bigint not null,
    sent_at bigint,
    outcome varchar(10) check (outcome in ('accepted', 'withdrawn', 'replaced')),
    ended_at bigint,
    accepted_by varchar(36) references users (id)
  )`,
  'create unique index invitations_open on invitations (membership_id) where ended_at is null',
  'create index invitations_organisation on invitations (organisation_id, created_at) where ended_at is null',
];

export const down = ['drop table invitations'];
