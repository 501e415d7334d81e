export const name = '202611242204-keep-superseded-certificates';

/**
 * A certificate that is corrected stays, and the one that takes its place shares its code and its round:
 * among those that are not superseded both are unique. SQLite cannot drop a constraint of a table, so the
 * tables are written anew; `revocations` too, since it points at the old one. A revocation that the
 * installation itself finds again after a restore has no actor.
 */
const certificates = (unique: string) => `
    code varchar(16) not null${unique},
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    cycle_id varchar(36) not null${unique} references cycles (id),
    course_version_id varchar(36) not null references course_versions (id),
    holder_name varchar(400) not null,
    facts text not null,
    status_list_id integer not null references status_lists (id),
    status_index integer not null check (status_index >= 0),
    awarded_at bigint not null,
    valid_until bigint,
    key_id varchar(80) references issuer_keys (id),
    credential text,
    sha256 varchar(64),
    issued_at bigint,
    created_at bigint not null`;

const COLUMNS = `id, code, organisation_id, user_id, cycle_id, course_version_id, holder_name, facts,
  status_list_id, status_index, awarded_at, valid_until, key_id, credential, sha256, issued_at, created_at`;

const revocations = (table: string, parent: string, actor: string) => `create table ${table} (
    certificate_id varchar(36) constraint ${table}_id primary key references ${parent} (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36)${actor} references users (id),
    revoked_at bigint not null
  )`;

const REVOCATIONS = 'certificate_id, organisation_id, reason, note, actor_id, revoked_at';

const takeOver = [
  `insert into certificates_new (${COLUMNS}) select ${COLUMNS} from certificates`,
  `insert into revocations_new (${REVOCATIONS}) select ${REVOCATIONS} from revocations`,
  `drop table revocations`,
  `drop table certificates`,
  `alter table certificates_new rename to certificates`,
  `alter table revocations_new rename to revocations`,
  `create index certificates_user on certificates (user_id, awarded_at)`,
];

export const up = [
  `create table certificates_new (
    id varchar(36) constraint certificates_id primary key,${certificates('')},
    superseded_at bigint,
    ledger_seq bigint constraint certificates_ledger_seq unique,
    ledger_head varchar(64),
    constraint certificates_place unique (status_list_id, status_index)
  )`,
  revocations('revocations_new', 'certificates_new', ''),
  ...takeOver,
  `create unique index certificates_current_round on certificates (cycle_id) where superseded_at is null`,
  `create unique index certificates_current_code on certificates (code) where superseded_at is null`,
  `create index certificates_round on certificates (cycle_id, created_at)`,
  `create index certificates_code on certificates (code, created_at)`,
  `create index certificates_key on certificates (key_id, superseded_at)`,
  `create table suspensions (
    certificate_id varchar(36) primary key references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36) references users (id),
    suspended_at bigint not null
  )`,
  `create table supersessions (
    certificate_id varchar(36) primary key references certificates (id),
    replacement_id varchar(36) not null unique references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36) references users (id),
    dedupe_key varchar(160) unique,
    superseded_at bigint not null
  )`,
];

/** Fails, and changes nothing, where a certificate was superseded: the old shape has no room for two. */
export const down = [
  `drop table supersessions`,
  `drop table suspensions`,
  `drop index certificates_user`,
  `create table certificates_new (
    id varchar(36) constraint certificates_old_id primary key,${certificates(' unique')},
    unique (status_list_id, status_index)
  )`,
  revocations('revocations_new', 'certificates_new', ' not null').replace(
    'revocations_new_id',
    'revocations_old_id',
  ),
  ...takeOver,
];
