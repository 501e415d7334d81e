export const up = [
  // How somebody stands is read by person and requirement; the assignment between the two said nothing more.
  `create index standing_intervals_person on standing_intervals (membership_id, requirement_id, from_day, to_day)`,
  'drop index standing_intervals_assignment',
  // A list of people is walked through in this order, and says who is on leave.
  'drop index memberships_names',
  'create index memberships_names on memberships (organisation_id, sort_name, id, employment)',
];

export const down = [
  'drop index memberships_names',
  'create index memberships_names on memberships (organisation_id, sort_name, id)',
  'create index standing_intervals_assignment on standing_intervals (assignment_id, from_day)',
  'drop index standing_intervals_person',
];
