export const up = [
  // The job that a learner chose in a course, and the job that an attempt began with. Null where the course does not ask.
  'alter table enrolments add column job varchar(20)',
  'alter table attempts add column job varchar(20)',
];

export const down = ['alter table attempts drop column job', 'alter table enrolments drop column job'];
