import type { Door } from '../../door.js';
import { accountData } from './account-data.js';
import { keepSignInOf } from './activity/routes-begun.js';
import { commands } from './commands.js';
import { eraseAccount } from './erase-account.js';
import { accountEvents } from './events.js';
import { factorReactions } from './factors/reactions.js';
import { factorResetPages } from './factors/routes-factor-resets.js';
import { factorWall } from './factors/routes-wall.js';
import * as factors from './factors/tables.js';
import { newAddressReactions } from './new-address/reactions.js';
import { proofFirst } from './proof/routes-proof.js';
import { accountReactions } from './reactions.js';
import { routes, SIGN_IN_PAGES } from './routes.js';
import { accountRoutines } from './routines.js';
import { signUpReactions } from './sign-up/reactions.js';
import * as accounts from './tables.js';

/** People, sign-in, two-step sign-in, passwords, blocks. */
export const door: Door = {
  name: 'accounts',
  tables: Object.values({ ...accounts, ...factors }),
  personal: { tables: accountData, erase: eraseAccount, isProof: true },
  events: accountEvents,
  reactions: { ...factorReactions, ...newAddressReactions, ...accountReactions, ...signUpReactions },
  routines: accountRoutines,
  commands,
  web: {
    signInPages: SIGN_IN_PAGES,
    signIn: deps => ({
      begun: (req, userId, kind) => keepSignInOf(deps, req, userId, kind),
      proofFirst: proofFirst(deps),
    }),
    walls: deps => [factorWall(deps, deps.isAnsweredFor)],
    proofFirst: ['/account/factors', '/admin/people/:id/factors'],
    pages: deps => [routes(deps, deps.signIn), factorResetPages(deps)],
  },
};
