// Planted bug: the answer to a question is acknowledged, and its commit never comes: whoever kills the server once it has
// acknowledged one finds it lost.
import { Transaction } from 'sequelize';
import sqlite3 from 'sqlite3';
import { onStatement, requestLike } from './request.mjs';

const answering = () => requestLike(/^POST \/attempts\/[^/]+\/answers\//);

onStatement(sql => {
  const request = answering();
  if (!request || !/insert into attempt_answers/.test(sql)) return;
  request.hasAnswered = true;
  isInTurn = true;
});

const { commit } = Transaction.prototype;
const { exec } = sqlite3.Database.prototype;
/** SQLite's writers take turns and share a commit, which is made outside any request. */
let isInTurn = false;
let isHeld = false;

/** On PostgreSQL. */
Transaction.prototype.commit = async function () {
  if (!answering()?.hasAnswered) return commit.call(this);
};

/** SQLite's one writer can begin nothing after that. PostgreSQL has other connections. */
sqlite3.Database.prototype.exec = function (text, done) {
  if (isHeld && text === 'BEGIN IMMEDIATE') return this;
  if (!isInTurn || text !== 'COMMIT') return exec.call(this, text, done);
  isHeld = true;
  setImmediate(done, null);
  return this;
};
