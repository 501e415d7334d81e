import { auditPack } from '../../../../server/reports/packs/audit-pack.js';
import { askForFile, sealedPath } from '../../../../server/reports/sealed/sealed-files.js';
import { employer } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { seenBy, type Scene } from '../scene.js';

/** What an organisation hands to an inspector, and the files that are made for that, in every state. */
export async function evidenceScenes(): Promise<Scene[]> {
  const somebody = await dina();
  const see = seenBy(somebody.browser);
  const [none, { id }] = [await employer(), await employer()];
  const ready = await madeFile(id, somebody.id);
  const inState = async (state: string, done = 0) => {
    const file = await madeFile(id, somebody.id);
    await write('update sealed_files set state = $2, done = $3, total = 5000 where id = $1', [
      file,
      state,
      done,
    ]);
    return sealedPath({ id: file, organisationId: id });
  };
  const home = `/organisations/${id}/evidence`;
  return [
    see('evidence-none', `/organisations/${none.id}/evidence`),
    see('evidence-file', sealedPath({ id: ready, organisationId: id })),
    see('evidence-file-asked', await inState('asked')),
    see('evidence-file-making', await inState('making', 1250)),
    see('evidence-file-failed', await inState('failed')),
    see('evidence-file-gone', await inState('gone')),
    see('evidence', `${home}?done=file-removed`),
    see('evidence-audit-pack', `${home}/audit-pack`),
  ];
}

/** The id of a file that is ready. */
async function madeFile(organisationId: string, actorId: string): Promise<string> {
  const id = await askForFile(auditPack, { organisationId, params: {} }, { actorId, now: Date.now() });
  await world().worker.drain();
  return id;
}
