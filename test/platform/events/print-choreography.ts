import {
  awardingReactions,
  datedReactions,
  eventsWithReactions,
  reactionsTo,
} from '../../../server/platform/events/choreography.js';
import '../../../server/slices.js';

// `npm run choreography`: what follows from which event, and in which lane of the queue.

for (const event of [...eventsWithReactions()].sort()) {
  process.stdout.write(`${event}\n`);
  for (const { name, lane, isAwaited = false } of reactionsTo(event)) {
    const marks = [
      isAwaited && 'awaited',
      datedReactions().includes(name) && 'dated',
      awardingReactions().includes(name) && 'awarding',
    ].filter(Boolean);
    process.stdout.write(`  ${lane.padEnd(8)} ${[name, ...marks].join(' · ')}\n`);
  }
}
