export const name = '202611280952-keep-chosen-course';

/** Which course somebody came for when a link was mailed to them: the link may be opened in another browser. */
export const up = ['alter table tokens add column course_slug varchar(80)'];

export const down = ['alter table tokens drop column course_slug'];
