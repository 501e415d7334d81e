export const name = '202611280913-record-who-granted';

/** Who granted a course; null: whoever runs the server, at the command line, as for all grants until now. */
export const up = ['alter table course_grants add column granted_by varchar(36) references users (id)'];

export const down = ['alter table course_grants drop column granted_by'];
