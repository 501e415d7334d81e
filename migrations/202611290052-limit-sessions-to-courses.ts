export const name = '202611290052-limit-sessions-to-courses';

/** Somebody who came by a link for one course: their session opens nothing else. */
export const up = ['alter table sessions add column only_course varchar(80)'];

export const down = ['alter table sessions drop column only_course'];
