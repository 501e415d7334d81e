/** The colours of certificates and badges: the light scheme of the site. */
export const COLOURS = {
  ink: '#14272D',
  soft: '#42565C',
  brand: '#0B4A57',
  dawn: '#F3B75B',
  paper: '#FFFFFF',
} as const;

/** The arches, from the outermost to the innermost; none is darker than the one around it. */
export const TINTS = ['#D2E1DE', '#DEE9E4', '#EAF0E6', '#F6EFDD', '#FAE6C2', '#F9D597'] as const;

/** Each arch is this much smaller than the one around it. */
export const SHRINK = 0.745;
