export const name = '202611280912-keep-routines';

/** When each routine last ran (epoch ms), and how often it has run: programs that share the database run it once. */
export const up = [
  `create table routines (
    name varchar(60) primary key,
    last_run_at bigint not null,
    runs integer not null
  )`,
];

export const down = ['drop table routines'];
