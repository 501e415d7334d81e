import { spoken } from '../../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../../platform/lib/days.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { keptHome, type OpenRoom } from '../open-room.js';

/** The pages of a room: name (of its text and for `_head.ejs`), and address below the room's. */
const PAGES = [
  ['overview', ''],
  ['people', '/people'],
  ['sample', '/sample'],
  ['changes', '/changes'],
  ['requests', '/requests'],
  ['log', '/log'],
] as const;

/** The head of a room's pages: whose it is, what it shows and until when, its pages, and for a preview the way back. */
export const roomHead = ({ room, home, isPreview }: OpenRoom) => ({
  organisation: room.organisation,
  title: room.title,
  period: spoken('room.period', { from: dayWords(room.fromDay), last: dayWords(room.lastDay) }),
  until: spoken('room.until', { last: dayWords(daysAfter(room.untilDay, -1)) }),
  shows: spoken(`room.shows.${room.shows}`),
  pages: PAGES.map(([page, path]) => ({ page, href: `${home}${path}` })),
  backToKeeping: isPreview ? keptHome(room) : null,
});
