// Makes views/drawings/parts/land.ejs, the outline of all land, from Natural Earth (public domain, by way of the package world-atlas).
// Run it again after a change here: node server/workshop/design/draw-land.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { geoArea, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { filter, filterWeight, presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify';

export const LAND = fileURLToPath(new URL('../../../views/drawings/parts/land.ejs', import.meta.url));
/** Of the drawing, in its own units. */
const [WIDTH, HEIGHT] = [320, 152];
/** The least area of a bend and of an island that is drawn, in steradians. */
const [BEND, ISLAND] = [0.0012, 0.004];

/** The template of the part. */
export function landTemplate() {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-110m.json');
  const atlas = presimplify(JSON.parse(readFileSync(file, 'utf8')), sphericalTriangleArea);
  const simple = filter(simplify(atlas, BEND), filterWeight(atlas, ISLAND, sphericalTriangleArea));
  const land = withoutAntarctica(feature(simple, simple.objects.land));
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], land);
  const outline = geoPath(projection).digits(0)(land);
  return `<%# The outline of all land, ${WIDTH} by ${HEIGHT}. Made by server/workshop/design/draw-land.mjs from Natural Earth.
it: {
  x: number;
  y: number;
} -%>
<%- it.include('drawings/parts/_shapes', { x: it.x, y: it.y, shapes: [{ d: '${outline}', fill: 'a3', line: 'thin' }] }) %>
`;
}

/** Nobody travels there, and it would take a third of the drawing. */
function withoutAntarctica({ features: [{ geometry }] }) {
  const coordinates = geometry.coordinates.filter(
    ([ring]) => Math.max(...ring.map(([, latitude]) => latitude)) > -60,
  );
  return {
    type: 'MultiPolygon',
    coordinates: coordinates.filter(rings => geoArea({ type: 'Polygon', coordinates: rings }) > ISLAND),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(LAND, landTemplate());
