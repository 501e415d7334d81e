// What the planted bugs hold on to: which request the server is answering, and which statement it sends to the
// database for it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import pg from 'pg';
import sqlite3 from 'sqlite3';

const requests = new AsyncLocalStorage();
const { emit } = Server.prototype;

Server.prototype.emit = function (event, ...args) {
  const go = () => emit.call(this, event, ...args);
  return event === 'request' ? requests.run({ line: `${args[0].method} ${args[0].url}` }, go) : go();
};

/** The request being answered, one object for each, when its line (`POST /path`) fits; else null. */
export function requestLike(pattern) {
  const request = requests.getStore();
  return request && pattern.test(request.line) ? request : null;
}

/** Shows every statement within a transaction to `hook`; where that gives rows, they are the answer. */
export function onStatement(hook) {
  // The program goes to the drivers themselves. On PostgreSQL a statement of a transaction is an object (server/platform/db/postgres.ts);
  // on SQLite it stays prepared (server/platform/db/sqlite-connection.ts).
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (asked, ...more) {
    const instead = asked.types === pg.types ? hook(asked.text) : undefined;
    return instead ? Promise.resolve({ rows: instead }) : query.call(this, asked, ...more);
  };
  const { all } = sqlite3.Statement.prototype;
  sqlite3.Statement.prototype.all = function (...args) {
    const instead = writes.has(this) ? hook(this.sql.replace(/\?(?=\d)/g, '$')) : undefined;
    if (!instead) return all.apply(this, args);
    setImmediate(args.at(-1), null, instead);
    return this;
  };
}

/** The statements of the connection that has transactions. */
const writes = new WeakSet();
const writers = new WeakSet();
const { exec, prepare } = sqlite3.Database.prototype;

sqlite3.Database.prototype.exec = function (text, ...args) {
  if (text === 'BEGIN IMMEDIATE') writers.add(this);
  return exec.call(this, text, ...args);
};

sqlite3.Database.prototype.prepare = function (...args) {
  const statement = prepare.apply(this, args);
  if (writers.has(this)) writes.add(statement);
  return statement;
};
