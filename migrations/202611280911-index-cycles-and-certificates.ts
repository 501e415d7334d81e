export const name = '202611280911-index-cycles-and-certificates';

// A person's courses, and the newest certificates of all or of one organisation, are found without reading every row.
export const up = [
  'create index cycles_user on cycles (user_id)',
  'create index certificates_newest on certificates (awarded_at desc, id)',
  'create index certificates_newest_in on certificates (organisation_id, awarded_at desc, id desc)',
];

export const down = [
  'drop index certificates_newest_in',
  'drop index certificates_newest',
  'drop index cycles_user',
];
