export const name = '202611240909-order-people-by-bytes';

/** SQLite compares bytes as it is; PostgreSQL compares by the rules of a language unless told. */
export const onPostgres = [`create index users_email_bytes on users (email collate "C")`];

export const up = [];

export const down = ['drop index if exists users_email_bytes'];
