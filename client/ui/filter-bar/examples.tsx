import type { Examples } from '../example.ts';
import type { ChoiceProps } from './Choice.tsx';
import { FilterBar } from './FilterBar.tsx';

const choice = (name: string, all: string, chosen: string[]): ChoiceProps => ({
  name,
  options: [
    { key: 'balie', text: 'Balie' },
    { key: 'web', text: 'Website' },
    { key: 'telefoon', text: 'Telefoon' },
  ],
  chosen,
  words: { all, several: (count) => `${count} kanalen`, clear: 'Wis keuze' },
  onChange: () => {},
});
const words = {
  label: 'Filters',
  more: (set: number) => (set > 0 ? `Filters (${set})` : 'Filters'),
  clear: 'Wis filters',
};

export const examples: Examples = {
  'nothing chosen': (
    <FilterBar
      period={null}
      choices={[choice('Kanaal', 'Alle kanalen', [])]}
      words={words}
      onClear={() => {}}
    />
  ),
  'one and several chosen': (
    <FilterBar
      period={null}
      choices={[
        choice('Kanaal', 'Alle kanalen', ['balie']),
        choice('Locatie', 'Alle locaties', ['web', 'balie']),
      ]}
      words={words}
      onClear={() => {}}
    />
  ),
};
