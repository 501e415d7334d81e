import type { JobName } from '../../jobs.js';

/** Who the words of the dispositions speak to: each has its own in `decision.words`. */
export type Voice = 'any' | 'cabin' | 'driver' | 'care' | 'phone' | 'officer';

const VOICES: Partial<Record<JobName, Voice>> = {
  cabin: 'cabin',
  driver: 'driver',
  shelter: 'care',
  school: 'care',
  phone: 'phone',
  patrol: 'officer',
  border: 'officer',
  detention: 'officer',
  inspection: 'officer',
};

const voiceOf = (job: JobName): Voice => VOICES[job] ?? 'any';

/**
 * The words for a learner who has this job; without one, for the jobs that the item is written for, where they share a voice.
 * An attempt that knows its learner's job passes it here.
 */
export function voiceFor(
  { roles = [] }: { readonly roles?: readonly JobName[] | undefined },
  job?: JobName,
): Voice {
  if (job) return voiceOf(job);
  const [voice = 'any', ...others] = new Set(roles.map(voiceOf));
  return others.length === 0 ? voice : 'any';
}

/** In these jobs a note goes into a log that the person in charge reads on the same day: it passes the concern on. */
export const noteTells = (voice: Voice): boolean => voice === 'care' || voice === 'phone';
