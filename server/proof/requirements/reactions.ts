import { bulk, dated, type Clocked } from '../../platform/events/reaction.js';
import {
  reckonChanged,
  reckonChangedMember,
  reckonPrinted,
  reckonRequirement,
  reckonTree,
} from './reckoning/reckon-pending.js';
import { rehearseInBackground } from './rehearsal/rehearse-drafts.js';

/** An event of an organisation that names something. */
interface Told<Payload> {
  readonly organisationId: string | null;
  readonly payload: Readonly<Payload>;
}

/** Training status is reckoned again after each change that it depends on; a draft is rehearsed. */
export const requirementReactions = {
  'requirements.rehearse': bulk('requirement.rehearsal-asked', ({ payload, actorId }, { clock }: Clocked) =>
    rehearseInBackground(payload.draftId, actorId, clock()),
  ),
  'requirements.member-changed': dated(bulk('member.changed', reckonOrganisation)),
  'requirements.members-imported': dated(bulk('members.imported', reckonOrganisation)),
  'requirements.credit-recorded': dated(bulk('credit.recorded', reckonMember)),
  'requirements.credit-voided': dated(bulk('credit.voided', reckonMember)),
  'requirements.credit-lifted': dated(bulk('credit.void-lifted', reckonMember)),
  'requirements.certificate-issued': dated(
    bulk('certificate.issued', ({ payload }, { clock }: Clocked) =>
      reckonPrinted(payload.certificateId, clock),
    ),
  ),
  'requirements.unit-moved': dated(bulk('unit.moved', reckonUnits)),
  'requirements.unit-merged': dated(bulk('unit.merged', reckonUnits)),
  'requirements.versioned': dated(bulk('requirement.versioned', reckonVersion)),
  'requirements.undone': dated(bulk('requirement.undone', reckonVersion)),
  'requirements.marked': dated(bulk('assignment.marked', reckonMember)),
  'requirements.exempted': dated(bulk('exemption.made', reckonMember)),
  'requirements.exemption-ended': dated(bulk('exemption.ended', reckonMember)),
};

function reckonOrganisation({ organisationId }: Told<object>, { clock }: Clocked): Promise<void> {
  return reckonChanged(organisationId, clock);
}

function reckonMember(
  { organisationId, payload }: Told<{ membershipId: string }>,
  { clock }: Clocked,
): Promise<void> {
  return reckonChangedMember(organisationId, payload.membershipId, clock);
}

function reckonUnits({ organisationId }: Told<object>, { clock }: Clocked): Promise<void> {
  return reckonTree(organisationId, clock);
}

function reckonVersion(
  { organisationId, payload }: Told<{ requirementId: string }>,
  { clock }: Clocked,
): Promise<void> {
  return reckonRequirement(organisationId, payload.requirementId, clock);
}
