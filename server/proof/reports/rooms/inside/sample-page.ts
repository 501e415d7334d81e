import { randomBytes } from 'node:crypto';
import { typed } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { keptDay, type RoomDay } from '../room-day.js';
import { personRows } from './room-list.js';
import { peopleNumbered } from '../sealing/room-people.js';
import { drawSample } from './sample.js';

/** How many people a sample has where nothing is said, and at most. */
const SIZE = 20;
const MOST = 200;

/** A seed and a size as the address names them. Without an address it is a form with a fresh seed, and nothing is drawn. */
export function askedSample(query: unknown) {
  const isAsked = 'seed' in Object(query) || 'size' in Object(query);
  const seed = isAsked ? typed(query, 'seed').trim().slice(0, 50) : randomBytes(4).toString('hex');
  const typedSize = typed(query, 'size') || String(SIZE);
  const size = Number(typedSize);
  const isSize = Number.isInteger(size) && size >= 1 && size <= MOST;
  const errors: Record<string, string> = {
    ...(seed === '' ? { seed: spoken('errors.room-seed') } : {}),
    ...(isSize ? {} : { size: spoken('room.sample.errorSize', { most: MOST }) }),
  };
  return {
    seed,
    size,
    typedSize,
    errors,
    isFresh: !isAsked,
    draws: isAsked && Object.keys(errors).length === 0,
  };
}

/** The people of a sample, in the order in which they are drawn. */
export async function samplePage(
  look: RoomDay,
  { seed, size, typedSize, errors, isFresh, draws }: ReturnType<typeof askedSample>,
) {
  const { room, home } = look;
  const [people, listSha256] = [room.people ?? 0, room.listSha256 ?? ''];
  const numbers = draws ? drawSample({ seed, listSha256, people }, size) : [];
  const found = new Map((await peopleNumbered(room.id, numbers)).map(person => [person.number, person]));
  return {
    action: `${home}/sample`,
    kept: keptDay(look),
    isFresh,
    most: MOST,
    values: { seed, size: typedSize },
    errors,
    facts: { seed, listSha256, people },
    list: {
      columns: look.chosen.map(({ title }) => title),
      people: await personRows(
        look,
        numbers.flatMap(number => found.get(number) ?? []),
      ),
    },
    command: `printf '%s\\n%s\\n%s' '${seed}' '${listSha256}' 1 | sha256sum`,
  };
}
