import type { JobName } from '../../jobs.js';
import type { Scene } from '../../scenes.js';

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

/** Some places have words of their own, whoever is asked. */
const SPOKEN_IN: Partial<Record<Scene, Voice>> = {
  aboard: 'cabin',
  road: 'driver',
  counter: 'any',
  platform: 'any',
};

interface Spoken {
  readonly roles?: readonly JobName[] | undefined;
  readonly scene?: Scene | undefined;
}

/**
 * The words of the place where an item plays; or else those for the jobs that it is written for, where they share a voice. To a learner it
 * is put as one for their job.
 */
export function voiceFor({ roles = [], scene }: Spoken): Voice {
  const ofPlace = scene && SPOKEN_IN[scene];
  if (ofPlace) return ofPlace;
  const [voice = 'any', ...others] = new Set(roles.map(voiceOf));
  return others.length === 0 ? voice : 'any';
}

/** In these jobs a note goes into a log that the person in charge reads on the same day: it passes the concern on. */
export const noteTells = (voice: Voice): boolean => voice === 'care' || voice === 'phone';
