import { askToSign } from '../../../../../server/teaching/learning/acknowledgements/asked-statements.js';
import { signStatement, toSign } from '../../../../../server/teaching/learning/acknowledgements/signing.js';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { signedInHolder } from '../../../../support/holders.js';
import { dina } from '../../../../support/people.js';
import { row } from '../../../../support/rows.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { COURSE } from '../../../../support/walk.js';
import { refused } from '../../../looks/look-refusal.js';
import { scene, seenBy, type Scene } from '../../scene.js';

/** A statement to sign after a course: asked for, signed and unsigned, as its people and those who manage them see it. */
export async function acknowledgementScenes(): Promise<Scene[]> {
  const somebody = await dina();
  const see = seenBy(somebody.browser);
  const { id: organisationId } = await openOrganisation();
  const home = `/organisations/${organisationId}/evidence/acknowledgements`;
  const none = `/organisations/${await otherOrganisation()}/evidence/acknowledgements`;
  const by = { actorId: somebody.id, now: Date.now() };
  const of = { organisationId, courseSlug: COURSE };
  await askToSign({ ...of, locale: 'en' }, 'I know whom to tell, and I will do so in time.', by);
  await askToSign({ ...of, locale: 'es' }, 'Sé a quién avisar y lo haré a tiempo.', by);
  const [open, done] = [await signedInHolder('Mara Lind'), await signedInHolder('Ole Berg')];
  const asked = (await toSign(done.cycle.id))?.asked[0];
  const cycle = { id: done.cycle.id, userId: done.holder.id };
  await signStatement(cycle, { statementId: asked?.id ?? '', typedName: 'Ole Berg' }, Date.now());
  const page = ({ cycle: { id } }: typeof open) => `/learning/${id}/acknowledgement`;
  const member = await row<{ id: string }>(
    'select id from memberships where organisation_id = $1 and user_id = $2',
    [organisationId, done.holder.id],
  );
  const statement = `${home}/${COURSE}`;
  return [
    see('acknowledgements-none', none),
    see('acknowledgements', `${home}?done=acknowledgement-asked`),
    see('acknowledgement-statement', statement),
    see('acknowledgement-statement-refused', statement, refused(statement, { language: 'English' })),
    see('acknowledgement-unsigned', `${statement}/unsigned`),
    see('acknowledgement-all-signed', `${none}/${COURSE}/unsigned`),
    see(
      'acknowledgement-of-person',
      `/organisations/${organisationId}/people/${member?.id}/acknowledgements`,
    ),
    scene(open.holder.browser, 'acknowledgement-sign', page(open)),
    scene(
      open.holder.browser,
      'acknowledgement-sign-refused',
      page(open),
      refused(page(open), { name: ' ' }),
    ),
    scene(done.holder.browser, 'acknowledgement-signed', page(done)),
    scene(open.holder.browser, 'course-to-sign', `/learning/${open.cycle.id}`),
  ];
}
