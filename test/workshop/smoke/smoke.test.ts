import { expect } from 'chai';
import { confirmedName } from '../../../server/teaching/learning/naming.js';
import { runSmoke, SMOKE_USE } from '../../../server/workshop/smoke/command-smoke.js';
import { confirmShownName } from '../../../server/workshop/smoke/learner.js';
import { signedIn } from '../../support/people.js';
import { almostThrough, enrolled } from '../../support/walk.js';
import { ownWorld } from '../../support/world.js';

/** What the command prints, or its error. Nothing is started, and no content is read. */
async function said(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const content = () => {
    throw new Error('it began');
  };
  try {
    await runSmoke(args, { content, main: '', say: line => lines.push(line) });
  } catch (fault) {
    lines.push((fault as Error).message);
  }
  return lines.join('\n');
}

describe('the smoke run', () => {
  ownWorld();

  for (const name of ["Aoife O'Brien", 'Ada "Bee" Marlow', 'A & B <Lind>'])
    it(`confirms a name as a browser would: ${name}`, async () => {
      const learner = await signedIn({ name });
      const cycle = await enrolled(learner);
      await almostThrough(cycle, ['final']);
      const start = `/learning/${cycle.id}/quizzes/final`;
      await confirmShownName(learner.browser, `/learning/${cycle.id}/name`, start);
      expect((await confirmedName(cycle.id))?.name).to.equal(name);
    });

  it('prints how it is used, and so where the arguments do not fit', async () => {
    expect(await said('--help')).to.equal(SMOKE_USE);
    expect(await said('--nonsense')).to.include(SMOKE_USE);
  });

  it('takes no course of a real server unless it is named, and says that a certificate is left', async () => {
    const there = ['--base', 'https://training.example', '--learner', 'ada@example.org:secret'];
    expect(await said(...there))
      .to.include(SMOKE_USE)
      .and.not.include('it began');
    const begun = await said(...there, '--course', 'volunteers');
    expect(begun).to.include('"volunteers"').and.include('real certificate').and.include('it began');
  });
});
