import { font, type Weight } from '../fonts/fonts.js';
import { fitText, runWidth, widthOf, type SizeSteps } from '../fonts/lines.js';
import { runsOf, type Face } from '../fonts/runs.js';
import type { Shape } from './badge-shapes.js';

/** The outlines of a text centred on `x`, with its first baseline at `y`; and the baseline of the last line. */
export function centred(
  text: string,
  at: {
    x: number;
    y: number;
    width: number;
    weight: Weight;
    steps: SizeSteps;
    leading: number;
    fill: string;
  },
): { shapes: Shape[]; last: number } {
  const { lines, size, face } = fitText({ text, ...at });
  const baselines = lines.map((_line, index) => at.y + index * size * at.leading);
  const shapes = lines.flatMap((line, index) => {
    const left = at.x - widthOf(line, face, size) / 2;
    return letters(line, face, { x: left, y: baselines[index] ?? at.y, size, fill: at.fill });
  });
  return { shapes, last: baselines.at(-1) ?? at.y };
}

/** The outlines of a line: a badge looks the same without our fonts installed. */
function letters(
  line: string,
  face: Face,
  at: { x: number; y: number; size: number; fill: string },
): Shape[] {
  let { x } = at;
  return runsOf(line, face).flatMap(run => {
    const used = font(run.font);
    const scale = at.size / used.unitsPerEm;
    const { glyphs, positions } = used.layout(run.drawn, []);
    let pen = x;
    x += runWidth(run, at.size);
    return glyphs.map((glyph, index) => {
      const { xOffset = 0, yOffset = 0, xAdvance = 0 } = positions[index] ?? {};
      const origin = { x: pen + xOffset * scale, y: at.y - yOffset * scale };
      pen += xAdvance * scale;
      return { fill: at.fill, path: glyph.path.commands.map(command => placed(command, origin, scale)) };
    });
  });
}

type Command = Shape['path'][number];

/** In fonts the y axis points upwards, in badges downwards. */
function placed({ command, args }: Command, origin: { x: number; y: number }, scale: number): Command {
  return {
    command,
    args: args.map((value, index) => (index % 2 === 0 ? origin.x + value * scale : origin.y - value * scale)),
  };
}
