/** The finished forms of an organisation are counted person by person. */
export const up = [
  `create index measurements_people on measurements (organisation_id, user_id)
   where finished_at is not null`,
  'drop index measurements_finished',
];

export const down = [
  `create index measurements_finished on measurements (organisation_id, kind)
   where finished_at is not null`,
  'drop index measurements_people',
];
