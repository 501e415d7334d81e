import type { Door } from '../door.js';
import { accountData } from './account-data.js';
import { keepSignInOf } from './activity/routes-begun.js';
import { commands } from './commands.js';
import { eraseAccount } from './erase-account.js';
import { factorResetPages } from './factors/routes-factor-resets.js';
import { factorWall } from './factors/routes-wall.js';
import * as factors from './factors/tables.js';
import { proofFirst } from './proof/routes-proof.js';
import { routes, SIGN_IN_PAGES } from './routes.js';
import * as accounts from './tables.js';

/** People, sign-in, two-step sign-in, passwords, blocks. */
export const door: Door = {
  name: 'accounts',
  tables: Object.values({ ...accounts, ...factors }),
  personal: { tables: accountData, erase: eraseAccount, isProof: true },
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
