import { forgetPerson } from '../../server/accounts/people.js';
import { rows } from './rows.js';
import { write } from './walk.js';

/** Run `work` while nobody administers the installation. Afterwards exactly those who did before have the role again. */
export async function withoutAdministrators(work: () => Promise<void>): Promise<void> {
  const others = await set(await present(), false);
  try {
    await work();
  } finally {
    await set(await present(), false);
    await set(others, true);
  }
}

/** Give these people the role, or end it, without an event. */
export async function set(ids: readonly string[], isAdministrator: boolean): Promise<readonly string[]> {
  for (const id of ids) {
    await write('update users set is_administrator = $1 where id = $2', [isAdministrator, id]);
    forgetPerson(id);
  }
  return ids;
}

const present = async (): Promise<string[]> =>
  (await rows<{ id: string }>('select id from users where is_administrator')).map(({ id }) => id);
