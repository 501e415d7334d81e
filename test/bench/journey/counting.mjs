// Loaded into a server under measurement before its own first line: counts what it asks of SQLite, and tells it, with its
// CPU time, to whoever started it.
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** The driver of the program that runs, which may be another build than this one. */
const { Statement, Database } = createRequire(process.argv[1])('sqlite3');
/** What only begins or ends something. */
const CONTROL = /^\s*(begin|commit|rollback|savepoint|release|pragma)\b/i;
/** Transactions that are under way together share a commit (`db/transaction.ts`): each but the first is a savepoint of it. */
const counted = { statements: 0, transactions: 0, commits: 0 };
let lastBegun = 0;

function count(text) {
  lastBegun = performance.now();
  if (!CONTROL.test(text)) counted.statements += 1;
  else if (/^\s*commit/i.test(text)) counted.commits += 1;
  else if (/^\s*(begin|savepoint)/i.test(text)) counted.transactions += 1;
}

for (const name of ['run', 'get', 'all', 'each']) {
  const plain = Statement.prototype[name];
  Statement.prototype[name] = function (...args) {
    count(this.sql);
    return plain.apply(this, args);
  };
}
const exec = Database.prototype.exec;
Database.prototype.exec = function (text, ...args) {
  count(text);
  return exec.call(this, text, ...args);
};

/** Answers once no statement was begun for so long (ms). */
function answer({ idle }) {
  if (performance.now() - lastBegun < idle) return void setTimeout(answer, idle / 4, { idle });
  const { user, system } = process.cpuUsage();
  process.send({ ...counted, micros: user + system });
}

// Threads load this, too, and have neither a database nor a channel.
if (isMainThread) {
  process.on('message', answer);
  // The channel alone must not keep the server from ending.
  process.channel.unref();
}
