import { expect } from 'chai';
import { rows, write } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { savedAnswers } from '../../../server/teaching/quizzes/attempts/attempts.js';
import { completed } from '../../support/holders.js';
import { quizIn, quizzesOf } from '../../support/walk.js';
import { person } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { faultsOf } from './checks.js';
import { readStore } from './store.js';
import type { Told } from '../learners/told.js';

describe('what the fault test reads', () => {
  ownWorld();
  let told: Told;
  let certificateId = '';
  let attemptId = '';

  before(async () => {
    const { name, email, password, ...holder } = await person();
    const { cycle, certificate } = await completed(holder);
    const quiz = (await quizzesOf(cycle)).at(-1) ?? '';
    const { draw } = await quizIn(cycle, quiz);
    const [attempt] = await rows<{ id: string }>(
      'select id from attempts where cycle_id = $1 and quiz = $2',
      [cycle.id, quiz],
    );
    certificateId = certificate.id;
    attemptId = attempt?.id ?? '';
    const at = Date.now();
    // An answer reads like the form fields of its page.
    const answers = (await savedAnswers(attemptId))
      .filter(({ slot }) => slot <= draw)
      .map(({ slot, response }) => ({ attemptId, slot, sequence: 0, fields: response, at }));
    told = {
      learner: { name, email, password, cycleId: cycle.id, quiz, questions: draw },
      round: 1,
      starts: [{ attemptId, at }],
      answers,
      submissions: [{ attemptId, at }],
      surprises: [],
    };
  });

  /** The faults after a change that leaves no trace: of this learner, and of the installation. */
  async function after(change: () => Promise<unknown>): Promise<string[]> {
    let found: string[] = [];
    const stop = new Error('undone');
    await inTransaction(async () => {
      await change();
      const store = await readStore(world().base, [told]);
      found = [...faultsOf(told, store.of(told), store.same), ...store.faults].map(({ kind }) => kind);
      throw stop;
    }).catch((fault: unknown) => {
      if (fault !== stop) throw fault;
    });
    return [...new Set(found)];
  }

  it('is whole for somebody who earned a certificate undisturbed', async () => {
    expect(await after(() => Promise.resolve())).to.deep.equal([]);
  });

  it('shows an answer that is gone, and one that is another', async () => {
    const own = 'where attempt_id = $1 and slot = 2';
    expect(await after(() => write(`delete from attempt_answers ${own}`, [attemptId]))).to.deep.equal([
      'lost answer',
    ]);
    const other = `update attempt_answers set response = '{"choice":"none"}' ${own}`;
    expect(await after(() => write(other, [attemptId]))).to.deep.equal(['lost answer']);
  });

  it('shows a certificate that is not signed, and one whose bytes changed', async () => {
    const unsigned = 'update certificates set credential = null where id = $1';
    expect(await after(() => write(unsigned, [certificateId]))).to.deep.equal(['not one certificate']);
    const changed = `update certificates set credential = replace(credential, 'Ada', 'Eve') where id = $1`;
    expect(await after(() => write(changed, [certificateId]))).to.deep.equal(['not one certificate']);
  });

  it('shows an event that was changed', async () => {
    const changed = `update events set payload = replace(payload, $1, $2) where name = 'attempt.graded' and payload like $3`;
    const kinds = await after(() => write(changed, [attemptId, newId(), `%${attemptId}%`]));
    expect(kinds).to.deep.equal(['chain']);
  });

  it('shows a job that was left', async () => {
    const job = `insert into jobs (id, reaction, dedupe_key, state, run_at, created_at)
       values ($1, $1, $1, 'running', 0, 0)`;
    expect(await after(() => write(job, [newId()]))).to.deep.equal(['job']);
  });

  it('takes no routine that runs just now for one, but one that failed', async () => {
    const routine = (state: string) => async () => {
      const name = newId();
      await write('insert into routines (name, last_run_at, runs) values ($1, 0, 1)', [name]);
      await write(
        `insert into jobs (id, reaction, dedupe_key, state, run_at, created_at) values ($1, $1, $1, $2, 0, 0)`,
        [name, state],
      );
    };
    expect(await after(routine('running'))).to.deep.equal([]);
    expect(await after(routine('failed'))).to.deep.equal(['job']);
  });
});
