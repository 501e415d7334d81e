import type { CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { courseVersion } from '../../../../server/teaching/courses/catalogue.js';
import { steps } from '../../../../server/teaching/learning/completion.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { displayCode } from '../../../../server/platform/lib/ids.js';
import { attemptsAt } from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { dina, signedIn } from '../../../support/people.js';
import { completed } from '../../../support/holders.js';
import { world } from '../../../support/world.js';
import { said } from '../../../support/said.js';
import { seenBy, type Act, type Scene } from '../scene.js';

const COURSE = 'volunteers';

/** A certificate that is valid and one that was revoked: as their holders, strangers and administrators see them. */
export async function holders(): Promise<Scene[]> {
  const administrator = await dina();
  const ada = await signedIn({ name: 'Ada Marlow' });
  const good = await completed(ada, COURSE);
  const ben = await signedIn({ name: 'Ben Okafor' });
  const { certificate: bad } = await completed(ben, COURSE);
  const why = { reason: 'issued-in-error' as const, note: null };
  await revoke(bad, why, { actorId: administrator.id, now: Date.now() });
  await world().worker.drain();
  const [see, office] = [seenBy(null), seenBy(administrator.browser)];
  const check = ({ code }: CertificateFacts) => `/verify/${displayCode(code)}`;
  return [
    seenBy(ada.browser)('course-done', `/learning/${good.cycle.id}`),
    seenBy(ada.browser)('result-completed', await lastResult(good.cycle)),
    seenBy(ada.browser)('wallet', '/certificates'),
    seenBy(ada.browser)('certificate', `/certificates/${good.certificate.id}`),
    seenBy(ben.browser)('certificate-withdrawn', `/certificates/${bad.id}`),
    see('verify-valid', check(good.certificate)),
    see('verify-same-name', check(good.certificate), async page => {
      await page.getByLabel(said('accounts.name')).fill('Ada Marlow');
      await page.getByRole('button', { name: said('verify.compare') }).click();
    }),
    see('verify-withdrawn', check(bad)),
    office('admin', '/admin'),
    office('admin-certificates', '/admin/certificates'),
    office('admin-certificate', `/admin/certificates/${good.certificate.id}`),
    office('admin-withdrawn', `/admin/certificates/${bad.id}`),
    office('admin-people', '/admin/people'),
    office('admin-questions', '/admin/questions'),
    office('admin-questions-out', '/admin/questions/report?bank=foundations&format=gift'),
    office('admin-questions-wrong', '/admin/questions', readQuestions),
    office('admin-questions-in', '/admin/questions', async page => {
      await page.locator('#bank').selectOption('foundations');
      await page.locator('#format').check({ force: true });
      await page.locator('#text').fill(FOREIGN);
      await readQuestions(page);
    }),
  ];
}

const readQuestions: Act = page => page.getByRole('button', { name: said('questions.read') }).click();

/** Questions of another program: one that makes a draft, one with mark-up, and two that are not taken. */
const FOREIGN = [
  '// from the old course',
  '',
  '::Gate 12:: [html]<p>What do you do <b>first</b>?</p>{',
  '=Tell the supervisor#That is the first step.',
  '~%30%Ask the child',
  '~Wait}',
  '',
  'How many signs did you see?{#3:1}',
  '',
  'Describe the case in your own words.{}',
].join('\n');

async function lastResult(cycle: CycleFacts): Promise<string> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const last = steps(snapshot).at(-1);
  const passed = (await attemptsAt(cycle.id, last?.kind === 'quiz' ? last.quiz : '')).find(
    each => each.passed,
  );
  return `/attempts/${passed?.id ?? ''}`;
}
