import { typed } from '../../../http/forms.js';
import { spoken } from '../../../i18n/spoken.js';
import { dayFilters, type RoomDay } from '../room-day.js';
import { personRows } from './room-list.js';
import { peopleNumbered } from '../sealing/room-people.js';
import { drawSample } from './sample.js';

/** How many people a sample has where nothing is said, and at most. */
const SIZE = 20;
const MOST = 200;

/** A seed and a size as the address names them; `error`: the size is none. */
export function askedSample({ room }: Pick<RoomDay, 'room'>, query: unknown) {
  const seed = typed(query, 'seed').trim().slice(0, 60) || room.seed;
  const size = typed(query, 'size') === '' ? SIZE : Number(typed(query, 'size'));
  const isSize = Number.isInteger(size) && size >= 1 && size <= MOST;
  return {
    seed,
    size: isSize ? size : SIZE,
    error: isSize ? null : spoken('room.sample.errorSize', { most: MOST }),
  };
}

/** The people of a sample, in the order in which they are drawn. */
export async function samplePage(
  look: RoomDay,
  { seed, size, error }: ReturnType<typeof askedSample>,
  typedSize: string,
) {
  const { room, home } = look;
  const [people, listSha256] = [room.people ?? 0, room.listSha256 ?? ''];
  const numbers = error === null ? drawSample({ seed, listSha256, people }, size) : [];
  const found = new Map((await peopleNumbered(room.id, numbers)).map(person => [person.number, person]));
  return {
    action: `${home}/sample`,
    kept: Object.entries(dayFilters(look)).flatMap(([name, value]) =>
      value === null ? [] : { name, value },
    ),
    values: { seed, size: error === null ? String(size) : typedSize },
    errors: error === null ? {} : { size: error },
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
