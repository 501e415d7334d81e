// Planted bug: the answer to a question is acknowledged, and committed a moment later.
import { setTimeout as wait } from 'node:timers/promises';
import { Transaction } from 'sequelize';
import { onStatement, requestLike } from './request.mjs';

/** Between the acknowledgement and the commit (ms). */
const LATE = 20;

const answering = () => requestLike(/^POST \/attempts\/[^/]+\/answers\//);

onStatement(sql => {
  const request = answering();
  if (!request || !/insert into attempt_answers/.test(sql)) return;
  request.hasAnswered = true;
  isInTurn = true;
});

const { commit, prepareEnvironment } = Transaction.prototype;
let committing = Promise.resolve();
/** SQLite's writers take turns and share a commit, which is made outside any request. */
let isInTurn = false;

Transaction.prototype.commit = async function () {
  const isSqlite = this.sequelize.getDialect() === 'sqlite';
  if (!(isSqlite ? isInTurn : answering()?.hasAnswered)) return commit.call(this);
  isInTurn = false;
  committing = wait(LATE).then(() => commit.call(this));
};

/** SQLite's one writer can begin nothing before that. PostgreSQL has other connections. */
Transaction.prototype.prepareEnvironment = async function (...args) {
  if (this.sequelize.getDialect() === 'sqlite') await committing;
  return prepareEnvironment.apply(this, args);
};
