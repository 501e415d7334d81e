export const up = [
  // What somebody completed elsewhere. Of a signed file, its issuer and its contents are what was signed; the file is not kept.
  `create table certificates_elsewhere (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    membership_id varchar(36) not null references memberships (id),
    way varchar(10) not null check (way in ('file', 'paper')),
    issuer varchar(300) not null,
    issuer_name varchar(300) not null,
    achievement varchar(500) not null,
    title varchar(300) not null,
    holder_name varchar(400),
    number varchar(120),
    completed_on varchar(10) not null,
    last_day varchar(10),
    sha256 varchar(64),
    entered_by varchar(36) not null,
    entered_at bigint not null,
    state varchar(10) not null check (state in ('waiting', 'counted', 'refused', 'revoked', 'taken-back')),
    course_slug varchar(80),
    decided_by varchar(36),
    decided_at bigint,
    reason varchar(500),
    ended_on varchar(10),
    ended_by varchar(36)
  )`,
  'create index certificates_elsewhere_membership on certificates_elsewhere (membership_id)',
  'create index certificates_elsewhere_organisation on certificates_elsewhere (organisation_id, state, entered_at)',
  // A file counts once in an organisation, whoever hands it in.
  `create unique index certificates_elsewhere_file on certificates_elsewhere (organisation_id, sha256)
    where sha256 is not null and state <> 'refused' and state <> 'taken-back'`,
  // Which course an issuer's achievement stands for, as an administrator of the organisation decided last.
  `create table course_equivalents (
    organisation_id varchar(36) not null references organisations (id),
    issuer varchar(300) not null,
    achievement varchar(500) not null,
    course_slug varchar(80) not null,
    decided_by varchar(36) not null,
    decided_at bigint not null,
    primary key (organisation_id, issuer, achievement)
  )`,
];

export const down = ['drop table course_equivalents', 'drop table certificates_elsewhere'];
