import { blockPerson } from '../../../../../server/people/accounts/blocking.js';
import { dina, person, PASSWORD } from '../../../../support/people.js';
import { completed } from '../../../../support/holders.js';
import { enrolled, MODULE, readLessons, takeQuiz } from '../../../../support/walk.js';
import { wrongAnswer } from '../../../../support/answers.js';
import { refused } from '../../../looks/look-refusal.js';
import { scene, seenBy, signingIn, type Scene } from '../../scene.js';

/** Blocking somebody, and the role of administrators: each page that asks, as it is and refused; and what the blocked person reads. */
export async function accessScenes(): Promise<Scene[]> {
  const [administrator, other, somebody, blocked] = [
    await dina(),
    await dina(),
    await person(),
    await person(),
  ];
  await blockPerson(blocked.id, 'Shared the password with a colleague', {
    actorId: administrator.id,
    now: Date.now(),
  });
  const { learner } = await fullRecord();
  const see = seenBy(administrator.browser);
  const home = ({ id }: { id: string }) => `/admin/people/${id}`;
  const asks = (step: string, path: string, fields: Record<string, string> = {}) => [
    see(`admin-person-${step}`, path),
    see(`admin-person-${step}-wrong`, path, refused(path, fields)),
  ];
  return [
    ...asks('block', `${home(somebody)}/block`, { reason: '' }),
    ...asks('appointment', `${home(somebody)}/appointment`),
    ...asks('dismissal', `${home(other)}/dismissal`),
    see('admin-person-leaving', `${home(administrator)}/dismissal`),
    see('admin-person-unblocking', `${home(blocked)}/unblocking`),
    see('admin-person-record', home(learner)),
    see('admin-person-record-all', `${home(learner)}?all`),
    see('admin-person-blocked', `${home(blocked)}?done=block`),
    scene(null, 'sign-in-blocked', '/sign-in', signingIn({ email: blocked.email, password: PASSWORD })),
  ];
}

/** Somebody with a certificate, and a second course under way. */
async function fullRecord() {
  const learner = await person();
  await completed(learner, 'volunteers');
  const cycle = await enrolled(learner, 'airline-and-transport');
  await readLessons(cycle, MODULE);
  await takeQuiz(cycle, MODULE, wrongAnswer);
  return { learner };
}
