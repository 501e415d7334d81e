/** Where a situation plays. It gives the words of the answers: what is said in an aircraft is not said on the road. */
export const SCENES = ['aboard', 'road', 'counter', 'platform', 'anywhere'] as const;

export type Scene = (typeof SCENES)[number];
