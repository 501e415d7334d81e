export const up = [
  `create table identity_providers (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    unit_id varchar(36) references units (id),
    name varchar(120) not null,
    issuer varchar(500) not null,
    client_id varchar(300) not null,
    secret varchar(4000) not null,
    metadata text not null,
    read_at bigint not null,
    state varchar(10) not null default 'off' check (state in ('off', 'offered', 'enforced')),
    lets_join boolean not null default false,
    keyholder_id varchar(36) references users (id),
    tested_at bigint,
    created_at bigint not null,
    check (state = 'off' or tested_at is not null),
    check (state <> 'enforced' or (keyholder_id is not null and unit_id is null))
  )`,
  'create index identity_providers_organisation on identity_providers (organisation_id, created_at)',
  `create table identity_rules (
    id varchar(36) primary key,
    provider_id varchar(36) not null references identity_providers (id),
    claim varchar(120) not null,
    value varchar(200) not null,
    unit_id varchar(36) references units (id),
    job varchar(60),
    role varchar(20) check (role in ('manager', 'instructor', 'administrator')),
    created_at bigint not null,
    check (unit_id is not null or job is not null or role is not null)
  )`,
  'create index identity_rules_provider on identity_rules (provider_id, created_at)',
  `create table identity_domains (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    domain varchar(253) not null,
    proof varchar(64) not null,
    added_at bigint not null,
    proven_at bigint,
    unique (organisation_id, domain)
  )`,
  // Whose a domain is, is proven by one organisation at most.
  'create unique index identity_domains_proven on identity_domains (domain) where proven_at is not null',
  `create table identities (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    provider_id varchar(36) not null references identity_providers (id),
    issuer varchar(500) not null,
    subject varchar(255) not null,
    connected_at bigint not null,
    used_at bigint not null,
    unique (provider_id, issuer, subject),
    unique (user_id, provider_id)
  )`,
  `create table identity_trips (
    state_hash varchar(64) primary key,
    provider_id varchar(36) not null references identity_providers (id),
    browser_hash varchar(64) not null,
    purpose varchar(10) not null,
    user_id varchar(36) references users (id),
    next varchar(1000) not null,
    expires_at bigint not null
  )`,
  'create index identity_trips_expiry on identity_trips (expires_at)',
  `create table claimed_roles (
    grant_id varchar(36) primary key references role_grants (id),
    provider_id varchar(36) not null references identity_providers (id),
    user_id varchar(36) not null references users (id)
  )`,
  'create index claimed_roles_person on claimed_roles (user_id, provider_id)',
];

export const down = [
  'drop table claimed_roles',
  'drop table identity_trips',
  'drop table identities',
  'drop table identity_domains',
  'drop table identity_rules',
  'drop table identity_providers',
];
