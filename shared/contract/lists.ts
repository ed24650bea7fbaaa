/**
 * Closed lists and sizes that a page names too. They stand apart from the checks of what comes in, so that no page
 * carries the checker along: it would be a sixth of the script that a browser starts with.
 */

/** At least so many characters, and no rule about which: length is what counts (NIST SP 800-63B). */
export const shortestPassword = 12;

export const intervals = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

export const runningPeriods = ['today', 'week', 'month', 'year'] as const;

/** What a change can be divided over, one to four at a time. */
export const explainDimensions = [
  'channel',
  'touchpoint',
  'location',
  'product',
  'language',
  'daypart',
] as const;

export const questionTypes = ['choice', 'multiple', 'yes-no', 'text'] as const;

/** What can be told, as the type of its event. */
export const eventTypes = [
  'nl.klantpuls.waardering-ontvangen',
  'nl.klantpuls.waardering-gewijzigd',
  'nl.klantpuls.reactie-ontvangen',
  'nl.klantpuls.signaal-gegeven',
  'nl.klantpuls.apparaat-stil',
] as const;

/** When somebody is asked: after handing in the request, or after it was dealt with. */
export const moments = ['aanvraag', 'afhandeling'] as const;

/** What an account can ask to get by e-mail: a signal as soon as it is raised, and what a week was like on Monday. */
export const mailKinds = ['signals', 'digest'] as const;

export const letterLanguages = ['nl', 'en'] as const;

/** In this order they are kept, by their place. */
export const followUpStatuses = ['new', 'in-progress', 'done', 'no-action'] as const;

/** What a comment is, by its themes and grade; it can be several. */
export const commentKinds = ['aggression', 'compliment', 'improvement'] as const;

export const mostAtOnce = 200;
