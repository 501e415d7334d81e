import type { PublishedCourse } from '../../../server/teaching/courses/catalogue.js';
import type { Item, OptionItem } from '../../../server/teaching/questions/item.js';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { sampleSpot } from '../../teaching/questions/spot-samples.js';
import { signedIn } from '../people.js';
import { ownVersion } from './own-version.js';
import { attemptWith, MODULE, quizIn, readLessons } from '../walk.js';

const shared = {
  level: 'apply' as const,
  depth: 'essentials' as const,
  critical: false as const,
  facts: [] as string[],
};

/** Steps in order, lines with their answers, long and short, and a decision: as a bank may hold them. */
const rowItems = (objective: string) =>
  ({
    ordering: {
      ...shared,
      objective,
      id: 'M1-901',
      type: 'ordering',
      stem: 'You work at a bus station. What an adult says to a child worries you. In which order do you act?',
      options: [
        {
          id: 'a',
          text: 'Tell your supervisor or the reporting line what you saw and heard, and where the two are now.',
          feedback: 'The line comes right after you have seen enough, because others can act while you work.',
        },
        {
          id: 'b',
          text: 'Give your note to the person who asks for it.',
          feedback: 'The note comes last, because somebody trained goes on from here.',
        },
        {
          id: 'c',
          text: 'Stay calm, do your ordinary work and keep your distance.',
          feedback: 'Calm comes first, because a stir may put the child in danger.',
        },
        {
          id: 'd',
          text: 'Write down the time, the place, the behaviour and the words.',
          feedback: 'Writing comes after the call, because it can wait a minute and the call cannot.',
        },
      ],
      key: ['c', 'a', 'd', 'b'],
    },
    matching: {
      ...shared,
      objective,
      id: 'M1-902',
      type: 'matching',
      stem: 'What does each part of a report hold? Match the parts with what belongs to them.',
      prompts: [
        { id: 'p', text: 'Time' },
        { id: 'q', text: 'Place' },
        { id: 'r', text: 'Behaviour' },
        { id: 's', text: 'Words, as far as you heard them yourself' },
      ],
      options: [
        {
          id: 'a',
          text: 'The platform, the bay and the way they went',
          feedback: 'A place leads the helpers there.',
        },
        { id: 'b', text: '14:52', feedback: 'A time lets others compare what they saw.' },
        {
          id: 'c',
          text: '“She said that I may not call my mother”, as the child said it and without a change',
          feedback: 'Words are kept as they were said.',
        },
        {
          id: 'd',
          text: 'What kind of family it may be',
          feedback: 'A guess about a family belongs in no report.',
        },
        {
          id: 'e',
          text: 'The adult answered each question for the child',
          feedback: 'Behaviour is what was seen.',
        },
      ],
      key: ['b', 'a', 'e', 'c'],
    },
    decision: {
      ...shared,
      objective,
      id: 'M1-903',
      type: 'decision',
      roles: ['cabin'],
      story:
        'You are handing out landing cards. A boy of 15 asks you to fill in his. The man beside him says, ' +
        '“Write my address, he lives with me.” The boy says quietly, “I have never been there.” The man holds ' +
        'both passports and puts the card in his own pocket. You land in two hours.',
      stem: 'What do you do now?',
      disposition: 'tell',
      options: [
        {
          id: 'a',
          text: 'The boy has never been to the address that the man gives.',
          feedback:
            'What the boy said in his own words does not fit what the man told you. Together they are a reason to tell.',
        },
        {
          id: 'b',
          text: 'The man keeps both passports in the pocket of his jacket.',
          feedback:
            'Many adults keep the papers of the children with whom they travel. Alone it says nothing about this boy.',
        },
        {
          id: 'c',
          text: 'The boy asks somebody else to fill in his landing card.',
          feedback:
            'Forms are hard to read, and many passengers of every age ask for help. It would be so on any flight.',
        },
      ],
      key: ['a'],
      feedback: {
        'carry-on':
          'The boy has told you something that does not fit. Without a word from you, nobody on the ground will ask.',
        note: 'After landing they walk off the aircraft, and your note stays behind. The lead can still decide in time.',
        tell: 'The lead has two hours to pass on his words to people on the ground, who are trained to ask.',
        urgent:
          'Nobody is in danger at this moment, and two hours are enough. A calm report does not warn the man.',
      },
      decides: 'The boy himself says that he has never been to the place where he is said to live.',
    },
  }) satisfies Record<string, OptionItem & Record<string, unknown>>;

export type RowKind = keyof ReturnType<typeof rowItems>;

/** Somebody signed in, on an attempt that holds these kinds, in a version of the course that nobody else is on. */
export const atRows = (kinds: readonly RowKind[], changes: Partial<Item> = {}) =>
  atOwn(objective => Object.values(rowItems(objective)).map(item => ({ ...item, ...changes })), kinds);

/** The same with a duty log of which parts a and c can be left, and b and d are to be passed on, and a choice of one. */
export const atSpot = () =>
  atOwn(objective => [{ ...sampleSpot(), id: 'M1-904', objective }], ['spot', 'single']);

async function atOwn(itemsFor: (objective: string) => Item[], kinds: readonly string[]) {
  const learner = await signedIn();
  const { id: organisationId } = await openOrganisation();
  const version = await courseWith(itemsFor);
  const cycle = await enrol({ userId: learner.id, organisationId, course: version, now: Date.now() });
  await readLessons(cycle, MODULE);
  const quiz = await quizIn(cycle, MODULE);
  const items = kinds.map(kind => quiz.items.find(({ type }) => type === kind) as Item);
  const attempt = await attemptWith(cycle, quiz, items);
  return { learner, browser: learner.browser, cycle, quiz, items, attempt };
}

/** The course with these items in its first bank, for those who are enrolled in this version alone. */
export const courseWith = (itemsFor: (objective: string) => Item[]): Promise<PublishedCourse> =>
  ownVersion(snapshot => ({
    ...snapshot,
    modules: snapshot.modules.map(module => {
      const items = [...itemsFor(module.objectives[0]?.id ?? ''), ...module.quiz.items];
      const quiz = { ...module.quiz, pass: 1, items };
      return module.slug === MODULE ? { ...module, quiz } : module;
    }),
  }));
