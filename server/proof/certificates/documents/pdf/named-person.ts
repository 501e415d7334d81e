import { COLOURS } from '../colours.js';
import type { SizeSteps } from '../fonts/lines.js';
import { printable } from '../fonts/printable.js';
import type { SignedFacts } from '../../../open-badges/signed-facts.js';
import { drawPlaced, drawTextLine, placeText, type PlacedText } from './blocks.js';
import type { Paper } from './paper.js';
import { PAPER_WORDS } from './paper-words.js';

type Doc = PDFKit.PDFDocument;

/** Draw the person, above the horizon. Long names get smaller sizes, and the lines below move with them. */
export function drawPerson(doc: Doc, signed: SignedFacts, paper: Paper): void {
  const { name, completed, title, summary } = roomiest(signed, paper);
  drawTextLine(doc, 'P', PAPER_WORDS.product, { x: 31.7, y: 24.4, size: 15, weight: 'bold' });
  drawTextLine(doc, 'P', PAPER_WORDS.title, { y: 49, size: 9, weight: 'medium', colour: COLOURS.soft });
  drawPlaced(doc, 'H1', name);
  drawPlaced(doc, 'P', completed);
  drawPlaced(doc, 'H2', title);
  drawPlaced(doc, 'P', summary);
}

type Plan = { name: PlacedText; completed: PlacedText; title: PlacedText; summary: PlacedText };

/** The space between the lines, in millimetres, and the sizes of subject and title. */
type Density = {
  completed: number;
  title: number;
  summary: number;
  subject: SizeSteps;
  titles: SizeSteps;
  least: [number, number];
};

const TITLES = [
  { size: 22, lines: 1 },
  { size: 17, lines: 2 },
  { size: 13, lines: 9 },
] as const;

const SUBJECTS = [
  { size: 15, lines: 2 },
  { size: 12, lines: 2 },
  { size: 10, lines: 9 },
] as const;

/** The intended density first; then closer ones, for names and titles of several lines. */
const DENSITIES: readonly Density[] = [
  { completed: 9, title: 13, summary: 7.2, subject: SUBJECTS, titles: TITLES, least: [77.6, 96.2] },
  { completed: 8, title: 9, summary: 6, subject: SUBJECTS.slice(1), titles: TITLES.slice(1), least: [0, 0] },
  {
    completed: 6.5,
    title: 7.5,
    summary: 5,
    subject: SUBJECTS.slice(2),
    titles: TITLES.slice(2),
    least: [0, 0],
  },
];

/** The dates begin below this height. */
const FLOOR = 120;

function roomiest(signed: SignedFacts, paper: Paper): Plan {
  let plan = planned(signed, paper, DENSITIES[0] as Density);
  for (const density of DENSITIES.slice(1)) {
    if (plan.summary.last <= FLOOR) break;
    plan = planned(signed, paper, density);
  }
  return plan;
}

function planned({ name, course }: SignedFacts, { column: width }: Paper, density: Density): Plan {
  const capTop = hasTallMarks(name) ? 58 : 55;
  const named = placeText(printable(name), { capTop, width, weight: 'bold', leading: 1.12, steps: NAMES });
  const done = course.subject ? `${PAPER_WORDS.completed} in ${course.subject}` : PAPER_WORDS.completed;
  const completed = placeText(done, {
    y: Math.max(density.least[0], named.last + density.completed),
    width,
    colour: COLOURS.soft,
    leading: 1.3,
    steps: density.subject,
  });
  const y = Math.max(density.least[1], completed.last + density.title);
  const title = placeText(course.title, { y, width, weight: 'bold', leading: 1.15, steps: density.titles });
  const summary = placeText(`${course.showed} ${PAPER_WORDS.version}\u00a0${course.version}.`, {
    y: title.last + density.summary,
    width,
    colour: COLOURS.soft,
    leading: 1.35,
    steps: SUMMARIES,
  });
  return { name: named, completed, title, summary };
}

/** Thai sets a vowel and a tone mark above a letter; at full height they would touch the word above the name. */
const hasTallMarks = (name: string): boolean => /\p{Script=Thai}/u.test(name);

const NAMES = [
  { size: 45, lines: 1 },
  { size: 34, lines: 1 },
  { size: 26, lines: 2 },
  { size: 18, lines: 3 },
  { size: 13, lines: 9 },
] as const;

const SUMMARIES = [
  { size: 11, lines: 2 },
  { size: 9, lines: 9 },
] as const;
