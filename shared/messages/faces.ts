/** Mouths of the five faces, from very dissatisfied to very satisfied, in a box of 24 by 24 with eyes at 8.5 and 15.5. */
export const mouths = [
  'M7 18q5-6 10 0',
  'M8 17q4-3 8 0',
  'M8 16h8',
  'M8 15q4 3 8 0',
  'M7 14q5 7 10 0z',
] as const;
