import type { Exhibit } from '../../../server/teaching/exhibits/exhibit-shape.js';

type OfKind<Kind> = Extract<Exhibit, { kind: Kind }>;

/** One exhibit of each kind. Each whose parts can be marked has a part `p1`; every text that a learner reads has a `word` with a number. */
export const sampleExhibits: { readonly [Kind in Exhibit['kind']]: OfKind<Kind> } = {
  booking: {
    kind: 'booking',
    title: 'Booking word1',
    facts: [
      { id: 'p1', label: 'Passengers', value: 'One adult, two children word2' },
      { id: 'p2', label: 'Paid', value: 'By card at 09:40 word3' },
      { label: 'Seats word4', value: 'Not chosen' },
    ],
  },
  chat: {
    kind: 'chat',
    title: 'Chat of a team word1',
    messages: [
      { id: 'p1', from: 'Desk word2', time: '18:05', text: 'Room 12 asks for more towels word3' },
      { from: 'Kitchen', text: 'Breakfast is at seven word4' },
    ],
  },
  thread: {
    kind: 'thread',
    title: 'Shift handover word1',
    messages: [
      {
        id: 'p1',
        from: 'Kim word2',
        to: 'Lee',
        time: '06:10',
        text: 'A girl of about 14 asked for help word3',
      },
      { from: 'Lee', to: 'Kim', time: '06:30', text: 'I have told the manager word4' },
    ],
  },
  'duty-log': {
    kind: 'duty-log',
    title: 'Night desk word1',
    entries: [
      { id: 'p1', time: '01:10', text: 'A man asks twice where the back door leads word2', by: 'Kim' },
      { id: 'p2', time: '02:30', text: 'The lift is out of order word3', by: 'Kim' },
    ],
  },
  'seat-plan': {
    kind: 'seat-plan',
    title: 'Rear cabin word1',
    columns: ['A', 'B', 'C'],
    aisle: 'B',
    rows: [
      {
        name: '31',
        seats: [{ id: 'p1', text: 'Boy of about 12 word2' }, null, { text: 'Woman, reading word3' }],
      },
      { name: '32', seats: [null, null, { text: 'Man, asleep word4' }] },
    ],
  },
  diagram: {
    kind: 'diagram',
    title: 'Both must be there word1',
    drawing: 'act-purpose',
    parts: [
      { name: 'Act word2', text: 'Somebody takes the child to another town word3' },
      { name: 'Purpose word4', text: 'Somebody else is to profit word5' },
    ],
  },
  plate: {
    kind: 'plate',
    title: 'A flight word1',
    drawing: 'queue',
    parts: [
      { id: 'p1', name: 'At the gate word2', text: 'Two seats are taken word3' },
      { id: 'p2', name: 'First hour word4', text: 'One tray stands untouched word5' },
      { id: 'p3', name: 'Third hour word6', text: 'The blanket has not moved word7' },
      { name: 'Before landing word8', text: 'Both forms lie on one tray word9' },
      { name: 'Landing word10', text: 'The small rucksack is gone word11' },
    ],
  },
  timeline: {
    kind: 'timeline',
    title: 'One afternoon word1',
    points: [
      { id: 'p1', time: 'Before noon', text: 'Two brothers wait at the door word2' },
      { time: 'Later', text: 'Their aunt collects them word3' },
    ],
  },
  counter: {
    kind: 'counter',
    title: 'At the ticket counter word1',
    objects: [
      { id: 'p1', name: 'Two passports word2', shape: 'passports', text: 'Held by one adult word3' },
      { name: 'A phone', shape: 'phone', text: 'With a cracked screen word4' },
    ],
  },
  rota: {
    kind: 'rota',
    title: 'Kitchen word1',
    columns: ['Monday', 'Tuesday', 'Wednesday'],
    rows: [
      { id: 'p1', name: 'Ana word2', cells: ['06 to 22 word3', '06 to 22', '06 to 22'] },
      { id: 'p2', name: 'Ben', cells: ['08 to 16', '', '08 to 16 word4'] },
    ],
  },
  poster: {
    kind: 'poster',
    title: 'In the staff room word1',
    lines: [{ id: 'p1', text: 'Tell the manager today word2' }, { text: 'You need no proof word3' }],
  },
  way: {
    kind: 'way',
    title: 'One journey word1',
    points: [
      { id: 'p1', name: 'Ticket desk word2', text: 'The boy does not know his stop word3' },
      { name: 'Gate word4', text: 'Somebody else answers for him word5', told: true },
    ],
  },
  tell: {
    kind: 'tell',
    title: 'In the air word1',
    steps: [
      { id: 'p1', who: 'You word2', text: 'Tell the lead word3' },
      { who: 'Lead word4', text: 'Tells the captain word5' },
    ],
    door: { when: 'If nobody passes it on word6', text: 'Tell the police word7' },
  },
  hundred: {
    kind: 'hundred',
    title: 'Counted once word1',
    shares: [
      { id: 'p1', count: 41, text: 'By a relative word2' },
      { count: 59, text: 'By somebody else word3' },
    ],
  },
  stations: {
    kind: 'stations',
    title: 'Two stories word1',
    journeys: [
      {
        name: 'A long road word2',
        stations: [
          { name: 'Home word3', roles: ['source'], text: 'A summer job word4', who: 'A teacher word5' },
          { name: 'Depot word6', roles: ['transit'], text: 'Two nights word7', who: 'A driver word8' },
          { name: 'Coast word9', roles: ['destination'], text: 'No day off word10', who: 'A guest word11' },
        ],
      },
      {
        name: 'One street word12',
        inOneTown: true,
        stations: [
          { name: 'School word13', roles: ['source'], text: 'An older pupil word14', who: 'Staff word15' },
          { name: 'Flat word16', roles: ['destination'], text: 'Visitors word17', who: 'A porter word18' },
        ],
      },
    ],
  },
  talks: {
    kind: 'talks',
    title: 'Twice at one window word1',
    first: { name: 'Monday word2', then: 'You sell the ticket word3' },
    second: { name: 'Tuesday word4', then: 'You tell your supervisor word5' },
    lines: [
      { from: 'You word6', text: 'Who is meeting you? word7' },
      { from: 'Girl word8', text: 'My dad word9', second: 'I may not say word10' },
    ],
  },
};
