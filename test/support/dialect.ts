import type { AsyncFunc, Func, Suite } from 'mocha';

/** Which database the suite runs on, known before any test. */
export const onPostgres = process.env.DATABASE_URL?.startsWith('postgres') === true;

/**
 * What is true of one database alone. On the other it is not defined, so that a test that is skipped always means that something is
 * missing.
 */
export const onSqliteOnly = {
  it: (title: string, test: Func | AsyncFunc): void => void (onPostgres || it(title, test)),
  describe: (title: string, tests: (this: Suite) => void): void =>
    void (onPostgres || describe(title, tests)),
};
export const onPostgresOnly = {
  it: (title: string, test: Func | AsyncFunc): void => void (onPostgres && it(title, test)),
  describe: (title: string, tests: (this: Suite) => void): void =>
    void (onPostgres && describe(title, tests)),
};
