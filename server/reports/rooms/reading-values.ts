import { formatMoment } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { readingsOf } from './readings.js';
import type { StoredRoom } from './stored-rooms.js';

/** Lines on one page of the log. */
const PAGE = 100;

/** What was read in a room, the newest first, as both sides see it; `here`: the address of the page that shows it. */
export async function readingValues(room: StoredRoom, { before, here }: { before: number; here: string }) {
  const found = await readingsOf(room.id, { before, limit: PAGE });
  const last = found.at(-1);
  return {
    readings: found.map(({ page, about, readAt }) => ({
      page,
      what: readingText(page, about),
      when: formatMoment(Number(readAt), hereIn(room.timeZone)),
    })),
    next: last && found.length === PAGE ? `${here}?before=${Number(last.readAt)}` : null,
  };
}

function readingText(page: string, about: string): string {
  if (page === 'person') return spoken('room.read.person', { number: Number(about) });
  if (page === 'sample') return spoken('room.read.sample', { seed: about });
  return spoken(`room.read.${page}`);
}
