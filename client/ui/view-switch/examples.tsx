import type { Examples } from '../example.ts';
import { ViewSwitch } from './ViewSwitch.tsx';

const words = { charts: 'Grafiek', table: 'Tabel', legend: 'Weergave' };

export const examples: Examples = {
  charts: <ViewSwitch table={false} words={words} onChange={() => {}} />,
  table: <ViewSwitch table={true} words={words} onChange={() => {}} />,
};
