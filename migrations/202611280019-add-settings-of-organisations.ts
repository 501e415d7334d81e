const OWN_HOTLINE = `
    number integer not null check (number > 0),
    name varchar(200),
    phone varchar(30),
    hours varchar(200),
    checked_on varchar(10),
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    check ((name is null) = (phone is null) and (name is null) = (checked_on is null))`;

const COLUMNS = 'organisation_id, number, name, phone, hours, checked_on, actor_id, created_at';

export const up = [
  // `contact`: an address for mail. `retention_months`: how long details of people who left are to be kept. `colour`: on a
  // light page, `dark_colour`: on a dark one, like #0b4a57. `suspended_at`: its training is paused since then.
  `alter table organisations add column sector varchar(20) check (sector in
    ('airline', 'transport', 'law-enforcement', 'charity', 'education', 'hospitality', 'other'))`,
  'alter table organisations add column country varchar(2)',
  `alter table organisations add column locale varchar(35) not null default 'en-GB'`,
  'alter table organisations add column contact varchar(254)',
  'alter table organisations add column hotline_country varchar(3)',
  'alter table organisations add column retention_months integer check (retention_months between 1 and 240)',
  'alter table organisations add column colour varchar(7)',
  'alter table organisations add column dark_colour varchar(7)',
  'alter table organisations add column suspended_at bigint',

  // The picture as we wrote it, as PNG in base64; never the file that was uploaded.
  `create table organisation_logos (
    organisation_id varchar(36) primary key references organisations (id),
    png text not null,
    sha256 varchar(64) not null,
    width integer not null,
    height integer not null,
    created_at bigint not null
  )`,

  // One hotline for the organisation (both empty), and one for each of its countries and units.
  `create table own_hotlines_of_places (
    organisation_id varchar(36) not null references organisations (id),
    country varchar(2) not null default '',
    unit_id varchar(36) not null default '',${OWN_HOTLINE},
    check (country = '' or unit_id = ''),
    primary key (organisation_id, country, unit_id, number)
  )`,
  `insert into own_hotlines_of_places (${COLUMNS}) select ${COLUMNS} from own_hotlines`,
  'drop table own_hotlines',
  'alter table own_hotlines_of_places rename to own_hotlines',
];

export const down = [
  `create table own_hotlines_of_organisations (
    organisation_id varchar(36) not null references organisations (id),${OWN_HOTLINE},
    primary key (organisation_id, number)
  )`,
  `insert into own_hotlines_of_organisations (${COLUMNS})
   select ${COLUMNS} from own_hotlines where country = '' and unit_id = ''`,
  'drop table own_hotlines',
  'alter table own_hotlines_of_organisations rename to own_hotlines',
  'drop table organisation_logos',
  ...[
    'suspended_at',
    'dark_colour',
    'colour',
    'retention_months',
    'hotline_country',
    'contact',
    'locale',
    'country',
    'sector',
  ].map(column => `alter table organisations drop column ${column}`),
];
