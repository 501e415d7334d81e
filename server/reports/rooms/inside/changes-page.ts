import { formatMoment } from '../../../i18n/i18n.js';
import { hereIn, spoken } from '../../../i18n/spoken.js';
import { dayWords } from '../../../organisations/day-words.js';
import { coursesIn } from '../history/courses-in.js';
import { decisionsOf, decisionRow, sincePeriod } from '../history/decisions.js';
import { filesTaken } from '../history/exports-rows.js';
import type { OpenRoom } from '../open-room.js';
import { deciderIn } from '../room-names.js';

/** Lines of one page of each list. */
const PAGE = 50;

/** What was decided about people of the room, and which files left the organisation, since the period began. */
export async function changesPage(open: OpenRoom, before: { decisions: number; files: number }) {
  const { room, home } = open;
  const courses = await coursesIn(room);
  const found = await decisionsOf(open, { number: null, courses, before: before.decisions, limit: PAGE });
  const files = await filesTaken(room.organisationId, {
    ...{ from: sincePeriod(open), before: before.files, limit: PAGE },
  });
  const more = (name: string, all: readonly { at: number }[]) =>
    all.length === PAGE ? `${home}/changes?${name}=${all.at(-1)?.at ?? 0}` : null;
  return {
    lead: spoken('room.changes.lead', { from: dayWords(room.fromDay) }),
    signs: room.shows === 'numbers',
    decisions: found.map(each => decisionRow(open, each)),
    moreDecisions: more(
      'before',
      found.map(({ decidedAt }) => ({ at: Number(decidedAt) })),
    ),
    files: files.map(file => fileValues(open, file)),
    moreFiles: more(
      'files',
      files.map(({ createdAt }) => ({ at: Number(createdAt) })),
    ),
  };
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
    rows,
    sha256,
    when: formatMoment(Number(createdAt), hereIn(room.timeZone)),
    by: deciderIn(room, { id: actorId, name: actorName }),
  };
}

type Taken = Awaited<ReturnType<typeof filesTaken>>[number];
