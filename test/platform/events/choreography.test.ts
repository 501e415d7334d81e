import { expect } from 'chai';
import type * as Choreography from '../../../server/platform/events/choreography.js';
import { bulk } from '../../../server/platform/events/reaction.js';

/** A copy of the module, into which nobody has installed anything. */
const fresh = () =>
  import(`../../../server/platform/events/choreography.js?${Math.random()}`) as Promise<typeof Choreography>;

const doNothing = () => Promise.resolve();

describe('the choreography', () => {
  it('is refused while no reactions are installed: what follows from an event would be lost', async () => {
    const { reactionsTo, eventsWithReactions, datedReactions } = await fresh();
    for (const read of [() => reactionsTo('room.opened'), eventsWithReactions, datedReactions])
      expect(read).to.throw('No reactions');
  });

  it('holds the reactions of all slices', async () => {
    const { installReactions, reactionsTo } = await fresh();
    installReactions([
      { 'test.one': bulk('room.opened', doNothing) },
      { 'test.two': bulk('room.opened', doNothing) },
    ]);
    expect(reactionsTo('room.opened').map(({ name }) => name)).to.deep.equal(['test.one', 'test.two']);
    expect(reactionsTo('room.ended')).to.deep.equal([]);
  });

  it('gives no name twice', async () => {
    const { installReactions } = await fresh();
    const one = { 'test.one': bulk('room.opened', doNothing) };
    expect(() => installReactions([one, one])).to.throw('twice');
  });
});
