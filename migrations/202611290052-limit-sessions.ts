/** Somebody who came by a link for one course: their session opens nothing else. */
export const up = ['alter table sessions add column scope varchar(80)'];

export const down = ['alter table sessions drop column scope'];
