export const name = '202611280962-find-people';

/**
 * The folded words by which people are found, in the order of their bytes, so that the beginning of a word is a range of the
 * index. `words_due`: the words of this person are not written yet, as of everybody who was there before.
 */
export const up = [
  `create table person_words (
    word varchar(254) not null,
    user_id varchar(36) not null references users (id),
    primary key (word, user_id)
  )`,
  'create index person_words_person on person_words (user_id, word)',
  'alter table users add column words_due boolean not null default true',
  'create index users_words_due on users (id) where words_due',
];

export const onPostgres = [
  'alter table person_words alter column word type varchar(254) collate "C"',
  'create index certificates_code_bytes on certificates (code collate "C")',
];

export const down = [
  'drop index if exists certificates_code_bytes',
  'drop index users_words_due',
  'alter table users drop column words_due',
  'drop table person_words',
];
