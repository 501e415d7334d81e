export const up = [
  // The people of each unit and of those below it, by name: whoever has a placement there that has reach, today. So a list of them is read
  // from where it goes on, however many work there. Made from `placements`, `unit_ancestors` and `memberships`.
  `create table unit_members (
    ancestor_id varchar(36) not null references units (id),
    sort_name varchar(400) not null,
    membership_id varchar(36) not null references memberships (id),
    primary key (ancestor_id, sort_name, membership_id)
  )`,
  `insert into unit_members (ancestor_id, sort_name, membership_id)
   select distinct a.ancestor_id, m.sort_name, m.id
   from placements p join unit_ancestors a on a.unit_id = p.unit_id join memberships m on m.id = p.membership_id
   where p.has_reach order by 1, 2, 3`,
];

/** SQLite compares text by its bytes; PostgreSQL follows the rules of a language unless told otherwise. */
export const onPostgres = ['alter table unit_members alter column sort_name type varchar(400) collate "C"'];

export const down = ['drop table unit_members'];
