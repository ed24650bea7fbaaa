import type { nl } from './nl.ts';

export const en: Record<keyof typeof nl, string> = {
  title: 'Terms on this page',
  'grade.q': 'What is the grade?',
  'grade.a':
    'A whole number from 1 to 10, given by somebody who was just helped. An average has one decimal and is rounded from the exact counts.',
  'rating.q': 'What is a rating?',
  'rating.a': 'One person’s answer: a grade or a smiley, sometimes with answers to questions and a comment.',
  'margin.q': 'What is the margin?',
  'margin.a':
    'With these numbers the average lies within the margin with 95% certainty. While the period still runs the margin is wider, so that you can look as often as you like.',
  'target.q': 'What is the target?',
  'target.a':
    'The average that was agreed on as the least. We say “above” or “below target” only where the target lies outside the margin.',
  'indicative.q': 'What is indicative?',
  'indicative.a':
    'Below {few} ratings we show no grade. Below {enough} it is indicative: it can still go either way, and we do not judge it.',
  'smiley.q': 'How do smileys count?',
  'smiley.a':
    'Five faces become a grade: 1, 3.25, 5.5, 7.75 or 10. That computed grade stands apart and is not part of the grade that was asked for.',
  'channel.q': 'What is a channel, and what a touchpoint?',
  'channel.a':
    'A channel is a way to the municipality: desk, website, telephone. A touchpoint is one place of it where you ask for a grade: a tablet, a page, a telephone line.',
  'break.q': 'Why is a line interrupted?',
  'break.a':
    'There the question or the scale changed, the method. Grades from before and after that break cannot be compared, so we do not.',
  'who.q': 'Whom are the figures about?',
  'who.a': 'About those who gave a rating. Not everybody does.',
  'signal.q': 'What is a signal?',
  'signal.a':
    'A proven fall of a channel or touchpoint, compared with how it was there before. A channel above its target can fall too.',
  'falseAlarm.q': 'What is a false alarm?',
  'falseAlarm.a':
    'A signal while nothing changed: chance. You choose how many of them a year you accept. Fewer false alarms mean that a real fall is seen later.',
  'spread.q': 'What is the spread?',
  'spread.a':
    'The standard deviation: how far grades lie from the middle on average. With a small number everybody agrees.',
  'percentile.q': 'What are P10 and P90?',
  'percentile.a': 'One in ten gave P10 or a lower grade, one in ten gave P90 or a higher one.',
  'proven.q': 'When is something proven?',
  'proven.a':
    'When the margin of the change does not touch zero, also after taking into account how many groups were compared. What is drawn pale was measured but is not proven.',
  'mix.q': 'What is the composition?',
  'mix.a':
    'An average also changes when more of the ratings come from one group than before, without anybody judging differently. That part is called the composition.',
  'within.q': 'What is a group’s own change?',
  'within.a': 'What changes because people within a group themselves give another grade than before.',
  'theme.q': 'What is a theme?',
  'theme.a':
    'What a comment is about, such as waiting time or treatment: found with a list of words. A comment can have several themes, or none.',
  'improvement.q': 'What is an improvement point?',
  'improvement.a':
    'A comment that something can be done about. It gets a status, somebody who takes it up, and in the end the words “what we did about it”.',
  'redaction.q': 'Why are there blocks in a comment?',
  'redaction.a':
    'Names, telephone numbers, addresses and numbers of persons are taken out before a comment is stored.',
  'norm.q': 'What is a service norm?',
  'norm.a':
    'A promise, such as “helped within 10 minutes”, measured as the share of the answers that confirm it.',
  'indicator.q': 'What is an indicator?',
  'indicator.a':
    'A grade that the municipality reports on every year: computed by Klantpuls, or entered from another survey.',
  'realised.q': 'What is the realised figure?',
  'realised.a': 'The grade that was measured over the year, beside the target in the budget.',
  'met.q': 'When is the target met?',
  'met.a':
    'When the grade as it is printed, with one decimal, is not lower than the target. How certain that is stands beside it.',
  'frozen.q': 'What is freezing?',
  'frozen.a':
    'The figures of a year are then fixed with a checksum. What still comes in later does not change them and is mentioned beside them.',
};
