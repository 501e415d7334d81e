// Planted bug: the answer to a question is acknowledged, and its commit never comes: whoever kills the server once it has
// acknowledged one finds it lost.
import { Transaction } from 'sequelize';
import { onStatement, requestLike } from './request.mjs';

const answering = () => requestLike(/^POST \/attempts\/[^/]+\/answers\//);

onStatement(sql => {
  const request = answering();
  if (!request || !/insert into attempt_answers/.test(sql)) return;
  request.hasAnswered = true;
  isInTurn = true;
});

const { commit, prepareEnvironment } = Transaction.prototype;
const never = new Promise(() => undefined);
/** SQLite's writers take turns and share a commit, which is made outside any request. */
let isInTurn = false;
let isHeld = false;

Transaction.prototype.commit = async function () {
  const isSqlite = this.sequelize.getDialect() === 'sqlite';
  if (!(isSqlite ? isInTurn : answering()?.hasAnswered)) return commit.call(this);
  isHeld = isSqlite;
};

/** SQLite's one writer can begin nothing after that. PostgreSQL has other connections. */
Transaction.prototype.prepareEnvironment = async function (...args) {
  if (isHeld) await never;
  return prepareEnvironment.apply(this, args);
};
