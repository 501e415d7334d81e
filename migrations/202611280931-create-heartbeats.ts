export const name = '202611280931-create-heartbeats';

/** One row, written whenever somebody asks whether the server is ready: that it could be written is the answer. */
export const up = ['create table heartbeats (id integer primary key, at bigint not null)'];

export const down = ['drop table heartbeats'];
