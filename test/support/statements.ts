import sqlite3 from 'sqlite3';

/** What was asked of SQLite: statements, and transactions that write. */
export interface Asked {
  readonly statements: number;
  readonly transactions: number;
}

/** What only begins or ends something. */
const CONTROL = /^\s*(begin|commit|rollback|savepoint|release|pragma)\b/i;

/** Counts what this process asks of SQLite, from now until `stop`. `read` tells how much it was so far. */
export function countStatements(): { read: () => Asked; stop: () => void } {
  const { Statement, Database } = sqlite3;
  const plain = { all: Statement.prototype.all, run: Statement.prototype.run, exec: Database.prototype.exec };
  const asked = { statements: 0, transactions: 0 };
  const count = (text: string) => {
    if (!CONTROL.test(text)) asked.statements += 1;
    else if (/^\s*(begin|savepoint)/i.test(text)) asked.transactions += 1;
  };
  for (const name of ['all', 'run'] as const) {
    const method = plain[name] as (...args: unknown[]) => sqlite3.Statement;
    Statement.prototype[name] = function (this: sqlite3.Statement & { sql: string }, ...args: unknown[]) {
      count(this.sql);
      return method.apply(this, args);
    };
  }
  Database.prototype.exec = function (text, ...args) {
    count(text);
    return plain.exec.call(this, text, ...args);
  };
  return {
    read: () => ({ ...asked }),
    stop() {
      Object.assign(Statement.prototype, { all: plain.all, run: plain.run });
      Database.prototype.exec = plain.exec;
    },
  };
}
