// A list of those who work in some units asks a thousand people until a page is full, without reading a row of theirs. SQLite takes such an
// index as holding all that is asked only where it names the column of its own condition, too.
export const up = [
  'create index placements_person on placements (membership_id, unit_id, is_home, has_reach) where has_reach',
  'drop index memberships_names',
  'create index memberships_names on memberships (organisation_id, sort_name, id, employment, merged_into)',
];

export const down = [
  'drop index placements_person',
  'drop index memberships_names',
  'create index memberships_names on memberships (organisation_id, sort_name, id, employment)',
];
