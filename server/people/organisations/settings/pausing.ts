/** What people do in an organisation: begin an attempt, a cycle or an enrolment; finish what is under way; read; change. */
export type Undertaking = 'begin' | 'finish' | 'read' | 'change';

/** What goes on while an organisation's training is paused: nothing that was begun is lost, and everything can be read. */
const WHILE_PAUSED: Readonly<Record<Undertaking, boolean>> = {
  begin: false,
  finish: true,
  read: true,
  change: false,
};

/** Whether something may be done in an organisation. `suspendedAt`: since when its training is paused; null while it is not. */
export const goesOn = (what: Undertaking, { suspendedAt }: { suspendedAt: number | null }): boolean =>
  suspendedAt === null || WHILE_PAUSED[what];
