import { formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { shownText } from '../../overview-figures.js';
import { hrefOf } from '../../standing-filters.js';
import { dayFilters, keptDay, whenIn, type RoomDay } from '../room-day.js';
import { NUMBERS, roomFigures } from './room-figures.js';

/** The first page of a room: its figures on the day that is looked at, with what they mean, and the list that was sealed. */
export async function roomOverview(look: RoomDay) {
  const { room, home, filters } = look;
  return {
    when: whenIn(look),
    dayHref: hrefOf(`${home}/day`, filters),
    sealedHref: filters.on === null && filters.known === null ? null : home,
    figures: await roomFigures(look),
    meanings: NUMBERS.map(shown => ({
      label: shownText(shown),
      text: spoken(`reports.meaning.${shown}`),
    })),
    list: {
      href: `${home}/list.csv`,
      fileName: room.fileName,
      sha256: room.listSha256 ?? '',
      people: room.people ?? 0,
      sealed: formatMoment(Number(room.knownAt), hereIn(room.timeZone)),
    },
    search: {
      action: `${home}/people`,
      kept: keptDay(look),
      canSearch: room.shows === 'names',
    },
    next: {
      people: hrefOf(`${home}/people`, dayFilters(look)),
      sample: hrefOf(`${home}/sample`, dayFilters(look)),
      changes: `${home}/changes`,
      requests: `${home}/requests`,
    },
  };
}
