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

/** The words for the jobs that an item is written for, where they share a voice. To a learner it is put as one for their job. */
export function voiceFor({ roles = [] }: { readonly roles?: readonly JobName[] | undefined }): Voice {
  const [voice = 'any', ...others] = new Set(roles.map(voiceOf));
  return others.length === 0 ? voice : 'any';
}

/** In these jobs a note goes into a log that the person in charge reads on the same day: it passes the concern on. */
export const noteTells = (voice: Voice): boolean => voice === 'care' || voice === 'phone';
