import type { Exhibit, ExhibitReference } from './exhibit-shape.js';

/** Shows an exhibit, perhaps. */
export interface Exhibiting {
  readonly exhibit?: ExhibitReference | undefined;
}

/** What is shown; null where there is nothing, or only a name that has not been looked up. */
export const exhibitOf = ({ exhibit }: Exhibiting): Exhibit | null =>
  typeof exhibit === 'object' ? exhibit : null;

/** The same with the whole exhibit in place of its name; as it is where it names none of these. */
export function withExhibit<T extends Exhibiting>(of: T, known: readonly Exhibit[]): T {
  const exhibit = known.find(({ id }) => id !== undefined && id === of.exhibit);
  return exhibit ? { ...of, exhibit } : of;
}

interface Part {
  /** Absent where no question can point at it. */
  readonly id: string | undefined;
  readonly text: string;
}

type Station = Extract<Exhibit, { kind: 'stations' }>['journeys'][number]['stations'][number];

/** Everything that an exhibit shows, part by part and in its order, each as a text that can be read alone. */
export function exhibitParts(exhibit: Exhibit): Part[] {
  switch (exhibit.kind) {
    case 'booking':
      return exhibit.facts.map(({ id, label, value }) => ({ id, text: `${label}: ${value}` }));
    case 'chat':
    case 'thread':
      return exhibit.messages.map(({ id, from, text }) => ({ id, text: `${from}: ${text}` }));
    case 'duty-log':
      return exhibit.entries.map(({ id, time, text }) => ({ id, text: `${time}: ${text}` }));
    case 'timeline':
      return exhibit.points.map(({ id, time, text }) => ({ id, text: `${time}: ${text}` }));
    case 'seat-plan':
      return exhibit.rows.flatMap(row =>
        row.seats.flatMap((seat, at) =>
          seat ? { id: seat.id, text: `${row.name}${exhibit.columns[at] ?? ''}: ${seat.text}` } : [],
        ),
      );
    case 'counter':
      return exhibit.objects.map(({ id, name, text }) => ({ id, text: `${name}: ${text}` }));
    case 'rota':
      return exhibit.rows.map(({ id, name, cells }) => ({ id, text: `${name}: ${inOneLine(cells)}` }));
    case 'poster':
      return exhibit.lines.map(({ id, text }) => ({ id, text }));
    case 'way':
      return exhibit.points.map(({ id, name, text }) => ({ id, text: `${name}: ${text}` }));
    case 'diagram':
    case 'plate':
      return exhibit.parts.map(({ id, name, text }) => ({ id, text: `${name}: ${text}` }));
    case 'tell':
      return [
        ...exhibit.steps.map(({ id, who, text }) => ({ id, text: `${who}: ${text}` })),
        { id: exhibit.door.id, text: `${exhibit.door.when}: ${exhibit.door.text}` },
      ];
    case 'hundred':
      return exhibit.shares.map(({ id, count, text }) => ({ id, text: `${count}: ${text}` }));
    case 'stations':
      return exhibit.journeys
        .flatMap(({ name, stations }) => [name, ...stations.map(stationText)])
        .map(unmarked);
    case 'talks':
      return talkParts(exhibit);
  }
}

const stationText = ({ name, roles, text, who }: Station): string =>
  `${name}: ${roles.join(', ')}. ${text} ${who}`;

/** The first conversation, and what is different in the second. No line can be marked: all but one stand there twice. */
function talkParts({ first, second, lines }: Extract<Exhibit, { kind: 'talks' }>): Part[] {
  return [
    ...lines.map(({ from, text }) => `${from}: ${text}`),
    `${first.name}: ${first.then}`,
    ...lines.flatMap(line => (line.second === undefined ? [] : [`${line.from}: ${line.second}`])),
    `${second.name}: ${second.then}`,
  ].map(unmarked);
}

const unmarked = (text: string): Part => ({ id: undefined, text });

/** Its title and its parts, one on each line: for counting words, and for checks that read a story. */
export const exhibitText = (exhibit: Exhibit): string =>
  [exhibit.title, ...exhibitParts(exhibit).map(({ text }) => text)].join('\n');

const inOneLine = (cells: readonly string[]): string => cells.filter(cell => cell !== '').join(', ');
