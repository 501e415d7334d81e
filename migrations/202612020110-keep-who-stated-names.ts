/**
 * A certificate said that the employer had stated the name, though nobody had compared it. `assurance`: what the comparison found when the
 * learner confirmed the name; null: none was made. `certificate_names`: the name that somebody confirmed last, beside their place.
 */
export const up = [
  `alter table confirmed_names add column assurance varchar(10)
    check (assurance in ('holder', 'listed', 'approved'))`,
  `create table certificate_names (
    membership_id varchar(36) primary key references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    name varchar(400) not null,
    confirmed_at bigint not null
  )`,
  `insert into certificate_names (membership_id, organisation_id, user_id, name, confirmed_at)
    select m.id, m.organisation_id, m.user_id, n.name, n.confirmed_at
    from (select c.*, row_number() over
        (partition by c.organisation_id, c.user_id order by c.confirmed_at desc, c.cycle_id desc, c.number desc) as place
      from confirmed_names c) n
    join memberships m on m.organisation_id = n.organisation_id and m.user_id = n.user_id
    where n.place = 1`,
  'alter table memberships add column names_differ boolean not null default false',
  'create index memberships_names_differ on memberships (organisation_id, sort_name, id) where names_differ',
  // The worker compares them, since a name is folded in the program.
  `update memberships set words_due = true where merged_into is null and exists (
    select 1 from membership_people p join users u on u.id = memberships.user_id
      left join certificate_names n on n.membership_id = p.membership_id
    where p.membership_id = memberships.id and (u.name <> p.name or n.name <> p.name))`,
];

export const down = [
  'drop index memberships_names_differ',
  'alter table memberships drop column names_differ',
  'drop table certificate_names',
  'alter table confirmed_names drop column assurance',
];
