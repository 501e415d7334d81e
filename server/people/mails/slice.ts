import type { Door } from '../../door.js';
import { mailData } from './mail-data.js';
import * as mails from './tables.js';

/** Sends e-mail. Each slice writes its own. */
export const door: Door = {
  name: 'mails',
  tables: Object.values(mails),
  personal: { tables: mailData },
};
