import { keepFirstCall } from '../../../../server/teaching/help/first-call/first-call.js';
import { signedIn } from '../../../support/people.js';
import { enrolled } from '../../../support/walk.js';
import { seenBy, send, type Scene } from '../scene.js';

const CALL = {
  inside: 'Duty manager of the night shift, 4410, or the deputy on 4411',
  outside: 'Transport police, 0800 40 50 40',
  sign: 'a child who may not speak, or who asks which town this is',
};

/** One's own first call: not written yet, sent empty, written, on the card; and the lessons that ask for it and for a report. */
export async function firstCallScenes(): Promise<Scene[]> {
  const [fresh, caller] = [await signedIn(), await signedIn()];
  await keepFirstCall(caller.id, CALL, Date.now());
  const { id } = await enrolled(fresh);
  const lesson = (module: string, name: string) => `/learning/${id}/modules/${module}/lessons/${name}`;
  const see = seenBy(fresh.browser);
  return [
    see('first-call', '/first-call'),
    see('first-call-empty', '/first-call', send),
    see('lesson-first-call', lesson('see-respond-report', '00-essentials')),
    see('lesson-say-it', lesson('airline-and-transport', '04-the-note-and-after-landing')),
    see('lesson-drawings', lesson('airline-and-transport', '03-on-board-one-chain')),
    see('lesson-hundred', lesson('family-connivance', '00-essentials')),
    see('lesson-counter', lesson('disguised-recruiters', '00-essentials')),
    see('lesson-duty-log', lesson('survivor-trauma', '00-essentials')),
    see('lesson-seat-plan', lesson('airline-and-transport', '05-road-rail-and-sea')),
    see('lesson-stations', lesson('trafficking-routes', '00-essentials')),
    see('lesson-talks', lesson('family-connivance', '04-relative-at-the-counter')),
    seenBy(caller.browser)('first-call-kept', '/first-call?saved'),
    seenBy(caller.browser)('card-own-call', '/card/gb/driver'),
  ];
}
