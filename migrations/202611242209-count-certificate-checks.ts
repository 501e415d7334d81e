export const name = '202611242209-count-certificate-checks';

/**
 * How often certificates were checked: a row for each day, way and verdict. It belongs to no organisation, for it
 * holds nothing of who asked, and nothing about whom: most of what is checked may not be ours at all.
 */
export const up = [
  `create table certificate_checks (
    day varchar(10) not null,
    way varchar(10) not null check (way in ('number', 'file')),
    verdict varchar(20) not null,
    checks integer not null check (checks > 0),
    primary key (day, way, verdict)
  )`,
];

export const down = ['drop table certificate_checks'];
