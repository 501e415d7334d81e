// Planted bug: the answer to a question is acknowledged, and committed a moment later.
import { setTimeout as wait } from 'node:timers/promises';
import { Transaction } from 'sequelize';
import { onStatement, requestLike } from './request.mjs';

/** Between the acknowledgement and the commit (ms). */
const LATE = 20;

const answering = () => requestLike(/^POST \/attempts\/[^/]+\/answers\//);

onStatement(sql => {
  const request = answering();
  if (request && /insert into attempt_answers/.test(sql)) request.hasAnswered = true;
});

const { commit, prepareEnvironment } = Transaction.prototype;
let committing = Promise.resolve();

Transaction.prototype.commit = async function () {
  if (!answering()?.hasAnswered) return commit.call(this);
  committing = wait(LATE).then(() => commit.call(this));
};

/** SQLite's one writer can begin nothing before that. PostgreSQL has other connections. */
Transaction.prototype.prepareEnvironment = async function (...args) {
  if (this.sequelize.getDialect() === 'sqlite') await committing;
  return prepareEnvironment.apply(this, args);
};
