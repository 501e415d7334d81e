/** What was there before is counted in the background, as if it had come just now. */
export const up = [
  `create table kept_sums (
    figure varchar(20) not null,
    subject varchar(170) not null,
    part varchar(80) not null,
    name varchar(180) not null,
    sums text not null,
    primary key (figure, subject, part, name)
  )`,
  'create index kept_sums_named on kept_sums (figure, name, subject, part)',
  `create table uncounted_facts (
    figure varchar(20) not null,
    fact varchar(80) not null,
    was text,
    changes integer not null check (changes >= 0),
    primary key (figure, fact)
  )`,
  `create table sum_lanes (
    figure varchar(20) primary key,
    fence integer not null,
    held_until bigint
  )`,
  `insert into uncounted_facts (figure, fact, was, changes)
   select 'quizzes', id, null, 0 from attempts where submitted_at is not null`,
  `insert into uncounted_facts (figure, fact, was, changes)
   select 'follow-up', id, null, 0 from measurements where finished_at is not null`,
];

export const down = ['drop table sum_lanes', 'drop table uncounted_facts', 'drop table kept_sums'];
