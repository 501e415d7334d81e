/** A session holds nothing but whose it is, which has a column of its own. */
export const up = ['alter table sessions drop column data'];

export const down = [`alter table sessions add column data text not null default '{}'`];
