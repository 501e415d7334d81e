import { awaited, awarding, bulk, dated, formerly, type Clocked } from '../../../platform/events/reaction.js';
import type { Papers } from '../documents/papers.js';
import type { Issuer } from '../issuer/issuer.js';
import { signAllLists } from '../status-lists/status-lists.js';
import { reinstateWhenComplete, suspendWhileOpen } from './course-reopened.js';
import { issueIfEarned, signAward } from './issue.js';
import { reissueAfterCompromise } from './reissue-after-compromise.js';
import { publishStateChange } from './revoke.js';
import { reissueWithNewResults } from './supersede.js';

/** What signing needs from outside. */
interface Signing extends Clocked {
  readonly issuer: Issuer;
}

/** What publishing a change needs from outside. */
interface Publishing extends Signing {
  readonly papers: Pick<Papers, 'kept'>;
}

/** What becomes of certificates: issued, suspended, replaced, and their new state published. */
export const lifecycleReactions = {
  'certificates.issue': awarding(
    dated(
      awaited('course.completed', async ({ payload: { cycleId } }, { issuer, clock }: Signing) => {
        const isNew = await issueIfEarned(cycleId, issuer, clock());
        if (!isNew) await reinstateWhenComplete(cycleId, { actorId: null, now: clock() });
      }),
    ),
  ),
  'certificates.issue-missing': awarding(
    dated(
      awaited('certificate.missing', ({ payload }, { issuer, clock }: Signing) =>
        issueIfEarned(payload.cycleId, issuer, clock()),
      ),
    ),
  ),
  'certificates.reinstate': formerly('course.completed', ({ payload }, { clock }: Clocked) =>
    reinstateWhenComplete(payload.cycleId, { actorId: null, now: clock() }),
  ),
  'certificates.reissue-regraded': dated(
    bulk('attempt.regraded', ({ payload, id }, { clock }: Clocked) =>
      reissueWithNewResults(payload.cycleId, 'result-regraded', `regraded:${id}`, clock()),
    ),
  ),
  'certificates.suspend-reopened': dated(
    bulk('course.reopened', ({ payload, actorId }, { clock }: Clocked) =>
      suspendWhileOpen(payload.cycleId, { actorId: actorId ?? payload.userId, now: clock() }),
    ),
  ),
  'certificates.publish-revocation': dated(bulk('certificate.revoked', publish)),
  'certificates.publish-suspension': dated(bulk('certificate.suspended', publish)),
  'certificates.sign-replacement': dated(
    bulk('certificate.superseded', ({ payload }, { issuer, clock }: Signing) =>
      signAward(payload.replacementId, issuer, clock()),
    ),
  ),
  'certificates.publish-supersession': dated(bulk('certificate.superseded', publish)),
  'status-lists.sign-with-new-key': dated(
    bulk('issuer-key.compromised', (_, { issuer, clock }: Signing) => signAllLists(issuer, clock())),
  ),
  'certificates.replace-compromised': dated(
    bulk('issuer-key.compromised', ({ payload }, { clock }: Clocked) =>
      reissueAfterCompromise(payload.keyId, clock()),
    ),
  ),
  'certificates.replace-next': dated(
    bulk('issuer-key.replacing', ({ payload }, { clock }: Clocked) =>
      reissueAfterCompromise(payload.keyId, clock()),
    ),
  ),
};

async function publish(
  { payload: { certificateId } }: { readonly payload: { readonly certificateId: string } },
  { papers, issuer, clock }: Publishing,
): Promise<void> {
  await papers.kept.drop(certificateId);
  await publishStateChange(certificateId, issuer, clock());
}
