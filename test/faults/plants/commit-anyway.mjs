// Planted bug: a commit for which the disk has no room counts as done.
import sqlite3 from 'sqlite3';

const { exec } = sqlite3.Database.prototype;

sqlite3.Database.prototype.exec = function (text, done) {
  const told = fault => done(text === 'COMMIT' && fault?.code === 'SQLITE_FULL' ? null : fault);
  return exec.call(this, text, told);
};
