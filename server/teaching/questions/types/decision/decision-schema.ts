import { z } from 'zod';
import { keyFaults, repeats, when, withRules, type ItemFault } from '../../item-faults.js';
import { line, option, optionId, passage } from '../../item-shapes.js';
import { itemFields, type Item } from '../../item.js';
import { DISPOSITIONS, type Disposition } from './dispositions.js';
import { unsafeDispositions } from './unsafe-dispositions.js';

const disposition = z.enum(DISPOSITIONS);

/** `disposition` is the key of the first part, `key` that of the second: the fact of the story that decides. */
export const decisionSchema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('decision'),
    story: passage,
    disposition,
    options: z.array(option).min(3).max(4),
    key: z.array(optionId).length(1),
    /** What is said to whoever chose each disposition. */
    feedback: z.strictObject({ 'carry-on': passage, note: passage, tell: passage, urgent: passage }),
    /** In place of those that are unsafe by rule. */
    unsafe: z.array(disposition).exactOptional(),
    /** The deciding fact, in one sentence. */
    decides: line,
  }),
  item => [...keyFaults(item, item.key), ...unsafeFaults(item), ...judgementFaults(item)],
);

export type DecisionItem = z.infer<typeof decisionSchema>;

interface Judged extends Pick<Item, 'id' | 'judgement' | 'critical' | 'roles'> {
  readonly disposition: Disposition;
  readonly unsafe?: readonly Disposition[] | undefined;
}

/** What does more than the right decision asks, where nothing has to be passed on. */
const FALSE_ALARMS: Partial<Record<Disposition, readonly Disposition[]>> = {
  'carry-on': ['note', 'tell', 'urgent'],
  note: ['tell', 'urgent'],
};

function unsafeFaults(item: Judged): ItemFault[] {
  const { id, disposition: key, critical, unsafe = [] } = item;
  return [
    ...when(
      unsafe.some(each => FALSE_ALARMS[key]?.includes(each)),
      {
        path: ['unsafe'],
        problem: `${id} has nothing that must be passed on, and calls a false alarm unsafe, which is no danger.`,
        fix: `Take ${FALSE_ALARMS[key]?.join(', ')} out of the unsafe dispositions.`,
      },
    ),
    ...when(critical !== false && unsafeDispositions(item).length === 0, {
      path: ['critical'],
      problem: `${id} is safety-critical, and no disposition of it is unsafe.`,
      fix: 'List those that put a child at risk under unsafe, or write critical: false.',
    }),
    ...when(repeats(unsafe), {
      path: ['unsafe'],
      problem: `${id} names an unsafe disposition twice.`,
      fix: 'Name each unsafe disposition once.',
    }),
    ...when(unsafe.includes(key), {
      path: ['unsafe'],
      problem: `The right disposition of ${id} is called unsafe.`,
      fix: `Take "${key}" out of the unsafe dispositions.`,
    }),
  ];
}

const JUDGEMENTS: Record<Disposition, Item['judgement']> = {
  'carry-on': 'no-concern',
  note: undefined,
  tell: 'concern',
  urgent: 'concern',
};

/** A decision needs no `judgement`: its key says it. */
function judgementFaults({ id, disposition: key, judgement }: Judged): ItemFault[] {
  return when(judgement !== undefined && judgement !== JUDGEMENTS[key], {
    path: ['judgement'],
    problem: `The judgement of ${id} does not go with the disposition "${key}".`,
    fix: 'Leave the judgement out.',
  });
}
