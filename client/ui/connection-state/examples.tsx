import type { Examples } from '../example.ts';
import { ConnectionState } from './ConnectionState.tsx';

export const examples: Examples = {
  connecting: <ConnectionState state="connecting" words="verbinden" />,
  live: <ConnectionState state="live" words="live, laatste waardering 3 s geleden" />,
  reconnecting: <ConnectionState state="reconnecting" words="verbinding weg, opnieuw verbinden" />,
  offline: <ConnectionState state="offline" words="geen verbinding, stand van 10.42 uur" />,
};
