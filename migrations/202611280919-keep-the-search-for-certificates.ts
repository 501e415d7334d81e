export const name = '202611280919-keep-the-search-for-certificates';

/**
 * Up to when completions were searched for missing certificates (epoch ms): one row. It stood among the positions in
 * the log of events, where the check of that log took the time for a row that was cut off.
 */
export const up = [
  `create table certificate_searches (
    id integer primary key check (id = 1),
    completed_until bigint not null
  )`,
  `insert into certificate_searches (id, completed_until)
     select 1, seq from event_cursors where name = 'certificates.searched'`,
  `delete from event_cursors where name = 'certificates.searched'`,
];

export const down = [
  `insert into event_cursors (name, seq) select 'certificates.searched', completed_until from certificate_searches`,
  'drop table certificate_searches',
];
