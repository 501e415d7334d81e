import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import { auditPack } from '../../../../../server/proof/reports/packs/audit-pack.js';
import { evidencePack } from '../../../../../server/proof/reports/packs/evidence/evidence-pack.js';
import { askForFile, sealedPath } from '../../../../../server/proof/reports/sealed/sealed-files.js';
import { completed, reckoned, required, YEARLY } from '../../../../proof/reports/reckoned.js';
import { employer, manyUnits, member } from '../../../../support/organisations.js';
import { dina, type Person } from '../../../../support/people.js';
import { write } from '../../../../support/rows.js';
import { world } from '../../../../support/world.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, send, type Scene } from '../../scene.js';

/** What an organisation hands to an inspector, and the files that are made for that, in every state. */
export async function evidenceScenes(): Promise<Scene[]> {
  const somebody = await dina();
  const see = seenBy(somebody.browser);
  const [none, { id }, many] = [await employer(), await employer(), await employer()];
  await manyUnits(many.id, 101);
  const ready = await madeFile(id, somebody.id);
  const states = ['asked', 'making', 'failed', 'gone'] as const;
  const files: string[] = [];
  const held = await madeFile(id, somebody.id);
  await write("update sealed_files set held_at = known_at, held_why = 'A case at court' where id = $1", [
    held,
  ]);
  const ofReady = sealedPath({ id: ready, organisationId: id });
  for (let at = 0; at < states.length; at += 1) files.push(await madeFile(id, somebody.id));
  const inState = async (state: (typeof states)[number], done = 0) => {
    const file = files[states.indexOf(state)] ?? '';
    await write('update sealed_files set state = $2, done = $3, total = 5000, ask_key = id where id = $1', [
      file,
      state,
      done,
    ]);
    return sealedPath({ id: file, organisationId: id });
  };
  const home = `/organisations/${id}/evidence`;
  return [
    see('evidence-none', `/organisations/${none.id}/evidence`),
    see('evidence-file', ofReady),
    see('evidence-file-hold-refused', ofReady, refused(`${ofReady}/hold`, { why: ' ' })),
    see('evidence-file-held', `${sealedPath({ id: held, organisationId: id })}?done=file-held`),
    see('evidence-file-asked', await inState('asked')),
    see('evidence-file-making', await inState('making', 1250)),
    see('evidence-file-failed', await inState('failed')),
    see('evidence-file-gone', await inState('gone')),
    see('evidence', `${home}?done=file-removed`),
    see('evidence-audit-pack', `${home}/audit-pack`),
    see('evidence-packs-none', `/organisations/${none.id}/evidence/packs`),
    see('evidence-papers', `${home}/papers`),
    see('evidence-papers-nothing', `${home}/papers`, send),
    see('evidence-papers-many-units', `/organisations/${many.id}/evidence/papers`),
    ...(await packScenes(somebody)),
  ];
}

/** The form of a pack, and what has changed since two of them were made. */
async function packScenes({ id: actorId, browser }: Person): Promise<Scene[]> {
  const see = seenBy(browser);
  const organisation = await employer();
  const today = dayOf(Date.now(), 'UTC');
  const ago = (days: number) => daysAfter(today, -days);
  const requirementId = await required(organisation, { fromDay: ago(300), rule: YEARLY });
  await required(organisation, { title: 'Sicherheitsunterweisungsnachweis', fromDay: ago(300) });
  const people = ['Łukasz Żuraw-Brzęczyszczykiewicz', 'ليلى حداد', 'Late Paper'];
  const members: string[] = [];
  for (const name of people) members.push(await member(organisation, { name, fromDay: ago(400) }));
  await reckoned(organisation);
  const params = { from: ago(200), to: ago(1), requirementIds: [requirementId], names: true };
  const pack = async (now: number) => {
    const by = { actorId, now };
    const id = await askForFile(evidencePack, { organisationId: organisation.id, params }, by);
    await world().worker.drain();
    return sealedPath({ id, organisationId: organisation.id });
  };
  const earlier = await pack(Date.now() - 1000);
  for (const id of members) await completed(organisation, id, { on: ago(20), said: Date.now() });
  await reckoned(organisation);
  const home = `/organisations/${organisation.id}/evidence/packs`;
  return [
    see('evidence-pack', earlier),
    see('evidence-pack-since', `${earlier}/since`),
    see('evidence-pack-since-nothing', `${await pack(Date.now())}/since`),
    see('evidence-packs', home),
    see('evidence-packs-wrong', home, send),
  ];
}

/** The id of a file that is ready. */
async function madeFile(organisationId: string, actorId: string): Promise<string> {
  const id = await askForFile(auditPack, { organisationId, params: {} }, { actorId, now: Date.now() });
  await world().worker.drain();
  return id;
}
