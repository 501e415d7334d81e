import { signedIn } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { holder } from '../../../support/holders.js';
import { said } from '../../../support/said.js';
import { scene, type Act, type Scene } from '../scene.js';

/** A manager: what leads to all they may open, and the pages that they see in another way than administrators do. */
export async function teamScenes(): Promise<Scene[]> {
  const ben = await signedIn({ name: 'Ben Okafor' });
  const away = await otherOrganisation();
  await appoint(ben, 'manager', away);
  const { certificate } = await holder();
  await appoint(ben, 'manager', certificate.organisationId);
  const see = (name: string, path: string, act?: Act): Scene => scene(ben.browser, `team${name}`, path, act);
  const final = '/admin/preview/volunteers/quizzes/final?seed=a';
  return [
    see('', '/team'),
    see('-certificates', `/team/certificates?organisation=${certificate.organisationId}`),
    see('-certificates-none', `/team/certificates?organisation=${away}`),
    see('-follow-up', '/admin/follow-up'),
    see('-signals', '/admin/signals'),
    see('-preview', '/admin/preview'),
    see('-preview-form', final),
    see('-preview-pass', final, async page => {
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: said('preview.pass') }).click(),
      ]);
    }),
  ];
}
