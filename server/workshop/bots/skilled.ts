import type { Choice } from '../../teaching/questions/question-type.js';
import { bestChoice } from '../../teaching/questions/types/scenario/scenario-walk.js';
import { pick, shuffle, type Random } from '../../teaching/quizzes/drawing/seeded-random.js';
import { chosenAnswer, happens, rightInShare, type AskedPart } from './asked.js';
import type { Bot } from './bot.js';

const SKILLS = { weak: 0.6, good: 0.85, strong: 0.95 };

/** Learners who are right with a certain probability, in each part of an answer and at each decision of a case. */
export const skilledLearners: readonly Bot[] = Object.entries(SKILLS).map(([name, skill]) => ({
  name,
  isGuesser: false,
  answer: (item, random) =>
    chosenAnswer(item, part => (happens(skill, random) ? keyOf(part) : missed(part, random))) ??
    rightInShare(item, skill, random),
  chooseIn(node, random) {
    const best = bestChoice(node);
    const others = node.choices.filter(choice => choice !== best);
    return happens(skill, random) || others.length === 0 ? best.id : pick(random, others).id;
  },
}));

const keyOf = ({ choices }: AskedPart): string[] => choices.flatMap(({ id, isRight }) => (isRight ? id : []));

/** Whoever misses a disposition takes one next to it: they see the matter and weigh it wrongly. */
function missed({ part, choices, count }: AskedPart, random: Random): string[] {
  const wrong = choices.filter(({ isRight }) => !isRight);
  const nearest = part === 'disposition' ? wrong.filter(choice => isNext(choice, choices)) : wrong;
  return [...shuffle(random, nearest), ...choices.filter(({ isRight }) => isRight)]
    .slice(0, count)
    .map(({ id }) => id);
}

const isNext = (choice: Choice, choices: readonly Choice[]): boolean =>
  Math.abs(choices.indexOf(choice) - choices.findIndex(({ isRight }) => isRight)) === 1;
