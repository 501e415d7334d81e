import type { Door } from '../../door.js';
import { formsWithFiles } from '../../platform/http/files/uploads.js';
import { can } from '../../policy.js';
import { commands } from './commands.js';
import { LARGE_FORMS, questions } from './routes.js';

/** Questions of other programs, and ours for them. */
export const door: Door = {
  name: 'exchange',
  commands,
  web: {
    files: ({ config }) => [
      formsWithFiles(
        path => LARGE_FORMS.includes(path),
        actor => can(actor, 'installation.administer', config),
      ),
    ],
    proofFirst: ['/admin/questions/export'],
    pages: deps => [questions(deps)],
  },
};
