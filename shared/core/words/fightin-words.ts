/**
 * "Fightin' Words": Monroe, Colaresi and Quinn, Lexical Feature Selection and Evaluation for Identifying the Content of
 * Political Conflict, Political Analysis 16(4), 2008, formulas 15 to 22.
 *
 * With y1 and y2 the counts of a term in two groups, n1 and n2 the counts of all terms, α the prior of the term and α0
 * that of all terms together:
 *
 *   δ = ln[(y1+α) / (n1+α0−y1−α)] − ln[(y2+α) / (n2+α0−y2−α)]
 *   z = δ / √(1/(y1+α) + 1/(y2+α))
 *
 * The informative prior is α = α0 × the share of the term in a background: where both groups use a term as the
 * background does, δ is 0 whatever their sizes, and rare terms are pulled towards that.
 */
export function deltaOf(y1: number, y2: number, n1: number, n2: number, alpha: number, alpha0: number) {
  const a = y1 + alpha;
  const b = y2 + alpha;
  return Math.log((a * (n2 + alpha0 - b)) / (b * (n1 + alpha0 - a)));
}

export function zOf(y1: number, y2: number, n1: number, n2: number, alpha: number, alpha0: number): number {
  return deltaOf(y1, y2, n1, n2, alpha, alpha0) / Math.sqrt(1 / (y1 + alpha) + 1 / (y2 + alpha));
}
