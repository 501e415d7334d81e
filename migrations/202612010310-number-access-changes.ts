// Each process caches sessions and people. A number that every change of access raises tells the others to forget what they cached.
export const up = [
  'create table access_changes (id integer primary key, number bigint not null)',
  'insert into access_changes (id, number) values (1, 0)',
];

export const down = ['drop table access_changes'];
