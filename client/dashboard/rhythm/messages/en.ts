import type { nl } from './nl.ts';

export const en: Record<keyof typeof nl, string> = {
  title: 'Rhythm',
  heading: '{name}: highest {best}, lowest {worst}',
  'heading.flat': '{name}: no hour clearly differs',
  'heading.none': '{name}: too few ratings for a rhythm yet',
  all: 'All channels',
  moment: '{day} {hour}',
  caption: 'Grade per weekday and hour, {period}',
  hour: 'Hour',
  'hour.row': '{from} – {to}',
  cell: '{grade}',
  'cell.few': 'fewer than {n}',
  'cell.count': '{n}',
  'view.legend': 'Show',
  'view.grade': 'Grade',
  'view.count': 'Number',
  legend:
    'Dark is higher than the mean ({grade}), light is lower. A dash: {n} ratings or fewer; those hours are not shown.',
  help: 'The highest and lowest hours are named when their margin does not touch the mean. With 168 hours side by side one may differ by chance too.',
  'link.why': 'Explain per part of the day',
  failed: 'The rhythm could not be fetched',
  'empty.title': 'No ratings in this period',
  'empty.words': 'Choose a longer period or clear a filter.',
};
