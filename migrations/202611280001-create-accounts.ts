export const up = [
  // `is_discreet`: the person wants every page to look like any other course. Since when, and why, is not kept.
  // `words_due`: the person's rows in `person_words` are still to be written.
  `create table users (
    id varchar(36) primary key,
    email varchar(254) not null unique,
    name varchar(400) not null check (length(name) between 1 and 400),
    password_hash varchar(200),
    email_confirmed_at bigint,
    is_administrator boolean not null default false,
    is_discreet boolean not null default false,
    words_due boolean not null default true,
    disabled_at bigint,
    created_at bigint not null
  )`,
  // The administration counts confirmed people up to a limit. This index holds nothing else, so the count stops there,
  // however many rows the table has.
  'create index users_confirmed on users (email_confirmed_at) where email_confirmed_at is not null',
  // Administrators are few, and are looked up often.
  'create index users_administrators on users (id) where is_administrator',
  'create index users_words_due on users (id) where words_due',

  // `course_slug`: the course somebody came for when the link was mailed, as they may open it in another browser.
  `create table tokens (
    id varchar(36) primary key,
    user_id varchar(36) references users (id),
    purpose varchar(30) not null,
    token_hash varchar(64) not null unique,
    course_slug varchar(80),
    expires_at bigint not null,
    used_at bigint,
    created_at bigint not null
  )`,
  'create index tokens_user on tokens (user_id, purpose)',

  // Who blocked a person, why and until when. Nobody: it was done at the command line.
  `create table blocks (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    reason varchar(500) not null,
    blocked_by varchar(36) references users (id),
    blocked_at bigint not null,
    lifted_by varchar(36) references users (id),
    lifted_at bigint
  )`,
  'create unique index blocks_current on blocks (user_id) where lifted_at is null',

  // The case-folded words people are found by, in byte order: all words with the same beginning are one range of the index.
  `create table person_words (
    word varchar(254) not null,
    user_id varchar(36) not null references users (id),
    primary key (word, user_id)
  )`,
  'create index person_words_person on person_words (user_id, word)',
];

/** SQLite compares text by its bytes; PostgreSQL follows the rules of a language unless told otherwise. */
export const onPostgres = [
  'create index users_email_bytes on users (email collate "C")',
  'alter table person_words alter column word type varchar(254) collate "C"',
];

export const down = ['drop table person_words', 'drop table blocks', 'drop table tokens', 'drop table users'];
