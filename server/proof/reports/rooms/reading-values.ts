import { formatMoment } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { readingsOf } from './readings.js';
import type { RoomDay } from './room-day.js';
import type { StoredRoom } from './stored-rooms.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

/** Lines on one page of the log. */
const PAGE = 100;

/** What was read in a room, the newest first, as both sides see it; `here`: the address of the page that shows it. */
export async function readingValues(room: StoredRoom, { before, here }: { before: number; here: string }) {
  const { shown, last } = await pageOfList(PAGE, limit => readingsOf(room.id, { before, limit }));
  return {
    by:
      room.auditor === null || room.email === ''
        ? spoken('room.log.byGone')
        : spoken('room.log.by', { name: room.auditor, address: room.email }),
    readings: shown.map(({ page, about, readAt }) => ({
      page,
      what: readingText(room, page, about),
      when: formatMoment(Number(readAt), hereIn(room.timeZone)),
    })),
    next: last ? `${here}?before=${Number(last.readAt)}` : null,
  };
}

/** Which day was looked at, for an address: '' is the one of the sealed list. It is kept with a reading, so it never changes. */
export const lookedAt = ({ filters: { on, known } }: RoomDay): string =>
  on === null && known === null ? '' : `${on ?? ''}/${known ?? ''}`;

/** A person's number, and a seed with how many were drawn: each with the day that was looked at, where that was kept. */
const PERSON = /^(\d+)(?:\/(.*))?$/;
const SAMPLE = /^(.*), (\d+)(?:\/([\d/-]*))?$/s;

function readingText(room: StoredRoom, page: string, about: string): string {
  if (page === 'course') return spoken('room.read.course', { course: about });
  if (page === 'person') {
    const [, number, day] = PERSON.exec(about) ?? [];
    return ofDay(room, spoken('room.read.person', { number: Number(number) }), day);
  }
  if (page === 'sample') {
    const [, seed = about, size, day] = SAMPLE.exec(about) ?? [];
    return ofDay(room, spoken('room.read.sample', { seed, size: Number(size) }), day);
  }
  const title = spoken(`room.read.${page}`);
  if (page === 'changes') return betweenDays(title, about);
  return page === 'list' ? title : ofDay(room, title, about);
}

function betweenDays(page: string, about: string): string {
  const [from = '', to = ''] = about.split('/');
  return from === '' ? page : spoken('room.read.between', { page, from: dayWords(from), to: dayWords(to) });
}

/** A page of the day that `lookedAt` gave; undefined: it was read when none was kept with it. */
function ofDay({ lastDay }: StoredRoom, page: string, about: string | undefined): string {
  if (about === undefined) return page;
  const [on = '', known = ''] = about.split('/');
  const day = dayWords(on === '' ? lastDay : on);
  return known === ''
    ? spoken('room.read.onDay', { page, day })
    : spoken('room.read.onDayKnown', { page, day, known: dayWords(known) });
}
