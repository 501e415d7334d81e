/** `words_due`: its rows in `member_words` are still to be written. `sort_name`: the folded name, by which lists are ordered. */
export const up = [
  `alter table memberships add column sort_name varchar(400) not null default ''`,
  'alter table memberships add column words_due boolean not null default true',
  'create index memberships_words_due on memberships (id) where words_due',

  // The case-folded words by which an organisation finds its people, in byte order: words that begin alike are one range.
  `create table member_words (
    organisation_id varchar(36) not null references organisations (id),
    word varchar(254) not null,
    membership_id varchar(36) not null references memberships (id),
    primary key (organisation_id, word, membership_id)
  )`,
  'create index member_words_member on member_words (membership_id, word)',
  'create index memberships_names on memberships (organisation_id, sort_name, id)',
];

/** SQLite compares text by its bytes; PostgreSQL follows the rules of a language unless told otherwise. */
export const onPostgres = [
  'alter table member_words alter column word type varchar(254) collate "C"',
  'alter table memberships alter column sort_name type varchar(400) collate "C"',
];

export const down = [
  'drop table member_words',
  'drop index memberships_names',
  'drop index memberships_words_due',
  'alter table memberships drop column words_due',
  'alter table memberships drop column sort_name',
];
