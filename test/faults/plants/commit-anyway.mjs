// Planted bug: a commit for which the disk has no room counts as done.
import { Transaction } from 'sequelize';

const { commit } = Transaction.prototype;

Transaction.prototype.commit = function () {
  return commit.call(this).catch(fault => {
    if (fault.parent?.code !== 'SQLITE_FULL') throw fault;
  });
};
