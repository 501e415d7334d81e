import { askForExport } from '../../../../server/privacy/export/data-exports.js';
import { signedIn } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { seenBy, type Scene } from '../scene.js';

const PAGE = '/account/data';

/** What somebody can do with all that is held of them: nothing asked for, a file that is being made, and one that is ready. */
export async function privacyScenes(): Promise<Scene[]> {
  const [idle, waiting, ready] = [await signedIn(), await signedIn(), await signedIn()];
  for (const { id } of [waiting, ready]) await askForExport(id, Date.now());
  await world().worker.drain();
  await write(`update data_exports set state = 'asked', expires_at = null where user_id = $1`, [waiting.id]);
  return [
    seenBy(idle.browser)('own-data', PAGE),
    seenBy(waiting.browser)('own-data-making', PAGE),
    seenBy(ready.browser)('own-data-ready', PAGE),
  ];
}
