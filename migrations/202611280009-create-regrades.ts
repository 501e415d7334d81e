/**
 * Rulings on published questions, the regrades they lead to, and what each regrade did to whom. A ruling belongs to the
 * content of a course, which all organisations share; what it does to somebody's attempt belongs to their organisation.
 * Rows of `item_rulings`, `attempt_regrades` and `pass_withdrawals` are only added.
 */
export const up = [
  // A draft until somebody confirms it.
  `create table regrades (
    id varchar(36) primary key,
    course_slug varchar(80) not null,
    quiz varchar(80) not null,
    item_id varchar(40) not null,
    kind varchar(10) not null check (kind in ('void', 'key', 'accept', 'lift')),
    from_version integer not null check (from_version > 0),
    to_version integer not null,
    key_version integer,
    answers text not null,
    reason varchar(1000) not null,
    withdrawal_reason varchar(1000),
    state varchar(10) not null check (state in ('draft', 'running', 'done')),
    last_ruling integer not null,
    looked_at integer,
    seen_hash varchar(64),
    created_by varchar(36) not null references users (id),
    created_at bigint not null,
    confirmed_by varchar(36) references users (id),
    confirmed_at bigint,
    finished_at bigint,
    check (to_version >= from_version)
  )`,
  `create unique index regrades_one_running on regrades (course_slug, quiz) where state = 'running'`,

  // What the preview of a regrade showed.
  `create table regrade_lines (
    regrade_id varchar(36) not null references regrades (id),
    attempt_id varchar(36) not null references attempts (id),
    organisation_id varchar(36) not null references organisations (id),
    cycle_id varchar(36) not null references cycles (id),
    change varchar(10) not null check (change in ('passed', 'points', 'kept', 'withdrawn')),
    certificate varchar(10) not null check (certificate in ('none', 'issue', 'replace', 'suspend')),
    points_before integer not null,
    right_before integer not null,
    points_after integer not null,
    right_after integer not null,
    primary key (regrade_id, attempt_id)
  )`,

  `create table item_rulings (
    number integer primary key,
    regrade_id varchar(36) not null unique references regrades (id),
    course_slug varchar(80) not null,
    quiz varchar(80) not null,
    item_id varchar(40) not null,
    kind varchar(10) not null,
    from_version integer not null,
    to_version integer not null,
    key_version integer,
    answers text not null,
    reason varchar(1000) not null,
    actor_id varchar(36) not null references users (id),
    created_at bigint not null
  )`,
  'create index item_rulings_quiz on item_rulings (course_slug, quiz, number)',

  `create table attempt_regrades (
    attempt_id varchar(36) not null references attempts (id),
    regrade_id varchar(36) not null references regrades (id),
    organisation_id varchar(36) not null references organisations (id),
    change varchar(10) not null,
    before text not null,
    after text not null,
    regraded_at bigint not null,
    primary key (attempt_id, regrade_id)
  )`,
  'create index attempt_regrades_regrade on attempt_regrades (regrade_id)',

  // Learning writes this table, which stands here because it refers to attempts.
  `create table pass_withdrawals (
    attempt_id varchar(36) not null references attempts (id),
    cause varchar(80) not null,
    organisation_id varchar(36) not null references organisations (id),
    cycle_id varchar(36) not null references cycles (id),
    quiz varchar(80) not null,
    passed_at bigint,
    actor_id varchar(36) not null references users (id),
    withdrawn_at bigint not null,
    primary key (attempt_id, cause)
  )`,
];

export const down = [
  'drop table pass_withdrawals',
  'drop table attempt_regrades',
  'drop table item_rulings',
  'drop table regrade_lines',
  'drop table regrades',
];
