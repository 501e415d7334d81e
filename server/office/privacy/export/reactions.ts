import type { Config } from '../../../config.js';
import { bulk, type Clocked } from '../../../platform/events/reaction.js';
import type { Views } from '../../../platform/http/views.js';
import { awaitedMail } from '../../../people/mails/mail-reactions.js';
import { EXPORT_DAYS, makeExport } from './data-exports.js';

/** What making an export needs from outside. */
interface ExportDeps extends Clocked {
  readonly config: Config;
  readonly views: Views;
}

/** Everything that is held about somebody, made for them, and the mail that says so. */
export const exportReactions = {
  'privacy.make-export': bulk('account.export-asked', ({ payload }, { config, views, clock }: ExportDeps) =>
    makeExport(payload.exportId, { dataDir: config.dataDir, views, clock }),
  ),
  'mail.export-made': awaitedMail('account.export-made', (event, { mail, moment, baseUrl }) =>
    mail('export-made', event, event.payload.userId, {
      link: `${baseUrl}/account/data`,
      until: moment(event.createdAt + EXPORT_DAYS * 86_400_000),
    }),
  ),
};
