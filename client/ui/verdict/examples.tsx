import type { Examples } from '../example.ts';
import { Verdict } from './Verdict.tsx';

export const examples: Examples = {
  met: (
    <Verdict tone="good" word="Boven de norm">
      0,2 hoger dan vorig jaar (7,4)
    </Verdict>
  ),
  'not met': (
    <Verdict tone="bad" word="Onder de norm">
      0,4 lager dan vorig jaar (7,0)
    </Verdict>
  ),
  undecided: (
    <Verdict tone="warn" word="Nog niet te zeggen">
      de norm ligt binnen de marge
    </Verdict>
  ),
  'nothing to judge': <Verdict tone="none" word="Te weinig waarderingen" />,
};
