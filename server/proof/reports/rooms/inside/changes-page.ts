import { formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { typedDay } from '../../../../platform/http/forms.js';
import { dayFrom, daysAfter, endOfDay } from '../../../../platform/lib/days.js';
import { dayParts, dayWords } from '../../../../people/organisations/day-words.js';
import { completionSentences, completionTexts } from '../../../requirements/completion-rate.js';
import { coursesIn } from '../history/courses-in.js';
import { decisionRowsNaming, decisionsOf, sincePeriod } from '../history/decisions.js';
import { filesTaken } from '../history/exports-rows.js';
import type { OpenRoom } from '../open-room.js';
import type { RoomDay } from '../room-day.js';
import { deciderIn } from '../room-names.js';
import { talliesIn } from '../sealing/room-tallies.js';
import { pageOfList } from '../../../../platform/lib/lists/page-of-list.js';

/** Lines of one page of each list. */
const PAGE = 50;

/** Between which days changes are asked for, as the address says: of the whole period and up to today where it says nothing. */
export function askedChanges({ room, today }: OpenRoom, query: unknown) {
  const isAsked = 'from-year' in Object(query) || 'to-year' in Object(query);
  const typed = isAsked
    ? { from: typedDay(query, 'from'), to: typedDay(query, 'to') }
    : { from: dayParts(room.fromDay), to: dayParts(today) };
  const [from, to] = [dayFrom(typed.from), dayFrom(typed.to)];
  const words = { from: dayWords(room.fromDay), last: dayWords(room.lastDay), today: dayWords(today) };
  const errors: Record<string, string> = {
    ...(!from || from < room.fromDay || from > room.lastDay
      ? { from: spoken('room.changes.errorFrom', words) }
      : {}),
    ...(!to || to > today || to < (from ?? '') ? { to: spoken('room.changes.errorTo', words) } : {}),
  };
  const isRight = from && to && Object.keys(errors).length === 0;
  return { typed, errors, between: isAsked && isRight ? { from, to } : null };
}

type Asked = ReturnType<typeof askedChanges>;

/** How people stood on two days, what was decided about people of the room between them, and what was exported; or all of it since the period began. */
export async function changesPage(
  look: RoomDay,
  { typed, errors, between }: Asked,
  before: { readonly decisions: number; readonly files: number },
) {
  const { room, home } = look;
  const courses = await coursesIn(room);
  const { from, end } = momentsOf(look, between);
  const decisions = await pageOfList(PAGE, limit =>
    decisionsOf(look, { number: null, courses, from, before: Math.min(before.decisions, end), limit }),
  );
  const files = await pageOfList(PAGE, limit =>
    filesTaken(room.organisationId, { from, before: Math.min(before.files, end), limit }),
  );
  const here = (older: Record<string, string>) =>
    `${home}/changes?${new URLSearchParams({ ...(between ? inAddress(typed) : {}), ...older }).toString()}`;
  return {
    lead: leadOf(look, between),
    form: { action: `${home}/changes`, values: typed, errors, all: between ? `${home}/changes` : null },
    standings: between && (await standingsBetween(look, between)),
    signs: room.shows === 'numbers',
    decisions: await decisionRowsNaming(look, decisions.shown),
    moreDecisions: decisions.last && here({ before: String(decisions.last.decidedAt) }),
    files: files.shown.map(file => fileValues(look, file)),
    moreFiles: files.last && here({ files: String(files.last.createdAt) }),
  };
}

/** From which moment to which (exclusive). */
function momentsOf({ room }: RoomDay, between: Asked['between']) {
  if (!between) return { from: sincePeriod({ room }), end: Number.MAX_SAFE_INTEGER };
  const after = (day: string): number => (endOfDay(day, room.timeZone) ?? 0) + 1;
  return { from: after(daysAfter(between.from, -1)), end: after(between.to) };
}

function leadOf({ room }: RoomDay, between: Asked['between']): string {
  const { organisation } = room;
  return between
    ? spoken('room.changes.between', {
        ...{ organisation, from: dayWords(between.from), to: dayWords(between.to) },
      })
    : spoken('room.changes.lead', { organisation, from: dayWords(room.fromDay) });
}

const inAddress = (typed: Asked['typed']): Record<string, string> =>
  Object.fromEntries(
    (['from', 'to'] as const).flatMap(name =>
      (['day', 'month', 'year'] as const).map(part => [`${name}-${part}`, typed[name][part]]),
    ),
  );

/** The completion rate of each requirement on both days; of a day after the period, on its last one. */
async function standingsBetween(look: RoomDay, { from, to }: NonNullable<Asked['between']>) {
  const days = [from, to > look.room.lastDay ? look.room.lastDay : to];
  const tallies = await Promise.all(
    days.map(day => talliesIn({ ...look, day, filters: { ...look.filters, on: day } })),
  );
  return look.requirements.map(({ id, title, rule }) => ({
    title,
    shares: days.map((day, at) => {
      const share = completionSentences(completionTexts(tallies[at]?.get(id) ?? {}, rule));
      return spoken('room.changes.onDay', { day: dayWords(day), share });
    }),
  }));
}

/** What an event of this kind says of a file. The pack of one certificate says nothing. */
interface Told {
  readonly file?: string;
  readonly rows?: number | null;
  readonly sha256?: string | null;
}

function fileValues({ room }: OpenRoom, { name, payload, actorId, actorName, createdAt }: Taken) {
  const { file, rows = null, sha256 = null } = JSON.parse(payload) as Told;
  return {
    what: file ? spoken(`eventLog.file.${file}`) : spoken(`eventLog.event.${name}`),
    rows: rows === null ? null : spoken('room.changes.rows', { count: rows }),
    sha256,
    when: formatMoment(Number(createdAt), hereIn(room.timeZone)),
    by: deciderIn(room, { id: actorId, name: actorName }),
  };
}

type Taken = Awaited<ReturnType<typeof filesTaken>>[number];
