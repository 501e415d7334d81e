import type { ReportItem } from '../../../server/teaching/questions/types/report/report-schema.js';

const shared = { level: 'apply', depth: 'essentials', critical: false } as const;

/** A case at a gate that asks for every field, and one at a hotel desk with four and with words of its own to avoid. */
export const reportItems = (objective = 'M7-O4'): { gate: ReportItem; desk: ReportItem } => ({
  gate: {
    ...shared,
    id: 'M1-911',
    objective,
    type: 'report',
    judgement: 'concern',
    stem: 'You work at gate 14. At 14:05 a boy of about 11 asks a cleaner which country the plane goes to. A man answers for him, pulls him back by the sleeve and says, "You ask too much." They stand in the queue. You tell the duty supervisor, out of hearing. Write your record.',
    facts: ['F191'],
    fields: [
      {
        id: 'time',
        feedback: 'The exact time lets others find the right minutes on a camera and in a list.',
      },
      { id: 'place', feedback: 'The gate leads helpers to the boy, even when the queue has moved on.' },
      {
        id: 'behaviour',
        feedback: 'What was done can be seen by others too, and needs no opinion beside it.',
      },
      { id: 'words', feedback: 'Exact words are the strongest part of a record, and a summary loses them.' },
      {
        id: 'told',
        feedback: 'The role that was told shows where the report went, and when it is still open.',
      },
    ],
    model: {
      time: '14:05',
      place: 'Gate 14, in the queue',
      behaviour:
        'A boy, about 11, asked a cleaner a question. A man answered for him and pulled him back by the sleeve.',
      words: 'The boy: "Which country does the plane go to?" The man: "You ask too much."',
      told: 'The duty supervisor, out of hearing',
    },
    feedback: {
      complete: 'Your record holds each part that others need to go on from here.',
      missing:
        'A part is missing. Others can act on a record only when they know when, where, what and who was told.',
      appearance:
        'How people look, live or believe is never a reason. It can bring officials to an ordinary family.',
      finding: 'A record says what was seen and heard. Other people find out what it means.',
    },
  },
  desk: {
    ...shared,
    id: 'M1-912',
    objective,
    type: 'report',
    stem: 'You work at a hotel desk. It is 22:40. On the stairs a woman puts a second phone into her bag and tells a girl of about 15, "You smile, and then you get it back." The girl goes up. You ring the night manager. Write your record.',
    facts: [],
    fields: [
      {
        id: 'time',
        label: 'Time of night',
        feedback: 'The time shows which rooms were let, and who was at work.',
      },
      { id: 'place', feedback: 'Stairs and floor tell others where to be.' },
      {
        id: 'words',
        feedback: 'The sentence itself is the fact, and it needs no name for what it may mean.',
      },
      { id: 'told', feedback: 'The manager can call the police, and the note says that this was asked for.' },
    ],
    avoid: ['nervous', 'too young', 'second-hand phone'],
    model: {
      time: '22:40',
      place: 'On the stairs by the desk',
      words: 'The woman said: "You smile, and then you get it back."',
      told: 'The night manager',
    },
    feedback: {
      complete: 'Each part is there.',
      missing: 'A part is missing that others need.',
      appearance: 'A word describes how somebody is, and not what was done.',
      finding: 'A word judges, and that is for others to do.',
    },
  },
});
