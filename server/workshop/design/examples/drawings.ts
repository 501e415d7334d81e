import { DIAGRAMS, PLACES, PLATES } from '../../../teaching/exhibits/drawn.js';
import type { Example } from '../example.js';

const WAYMARKS = ['done', 'now', 'open', 'not-yet', 'goal', 'reached'] as const;
const ICONS = [
  'tick',
  'bar',
  'arrow',
  'back',
  'leave',
  'concern',
  'alert',
  'clock',
  'download',
  'saved',
  'menu',
] as const;

export const drawings = (): Example[] => [
  {
    component: 'mark',
    states: [
      { state: 'plain', values: {} },
      { state: 'large', values: { size: 64 } },
      { state: 'other-line', values: { size: 64, line: 'var(--soft)' } },
    ],
  },
  {
    component: 'waymark',
    states: [
      ...WAYMARKS.map(state => ({ state, values: { state } })),
      { state: 'small', values: { state: 'now', size: 22 } },
    ],
  },
  {
    component: 'way-line',
    states: [
      { state: 'plain', values: { states: ['done', 'done', 'now', 'open', 'open'] } },
      {
        state: 'long',
        values: { states: [...Array<'done'>(6).fill('done'), 'now', ...Array<'open'>(5).fill('open')] },
      },
    ],
  },
  {
    component: 'course-way',
    states: [
      {
        state: 'plain',
        values: { stops: ['done', 'done', 'now', 'open', 'open', 'not-yet'], isReached: false },
      },
      { state: 'reached', values: { stops: Array<'done'>(8).fill('done'), isReached: true, lit: 7 } },
    ],
  },
  {
    component: 'module-sign',
    states: [
      ...PLACES.map(slug => ({ state: slug, values: { slug } })),
      { state: 'large', values: { slug: 'foundations', size: 64 } },
      { state: 'none', values: { slug: 'new' } },
    ],
  },
  {
    component: 'disc',
    states: (['tick', 'bar', 'clock', 'unknown'] as const).map(kind => ({
      state: kind,
      values: { kind, size: 32 },
    })),
  },
  {
    component: 'icon',
    states: ([...ICONS, 'eye', 'mail', 'up', 'down'] as const).map(name => ({
      state: name,
      values: { name },
    })),
  },
  { component: 'arches', states: [{ state: 'plain', values: {} }] },
  {
    component: 'course-drawing',
    states: ['airline-and-transport', 'law-enforcement', 'volunteers'].map(slug => ({
      state: slug,
      values: { slug },
    })),
  },
];

/** Every drawing, each as a state of the part that shows it. */
export const places = (): Example[] => [
  {
    component: 'drawing',
    states: [
      ...PLACES.map(name => ({ state: name, values: { room: 'places' as const, name } })),
      ...Object.keys(DIAGRAMS).map(name => ({ state: name, values: { room: 'diagrams' as const, name } })),
      ...Object.keys(PLATES).map(name => ({
        state: `plate-${name}`,
        values: { room: 'plates' as const, name },
      })),
    ],
  },
];
