export const up = [
  // How the people of a room stood on its last day, as its list was sealed: requirements with their numbers, as JSON.
  'alter table auditor_rooms add column tallies text',
];

export const down = ['alter table auditor_rooms drop column tallies'];
