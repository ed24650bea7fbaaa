import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DevicePairing } from '#shared/contract/device.ts';
import { pair } from '../../ui/pairing/pair.ts';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { speakWith } from '../api/client.ts';
import { queryClient, sessionQuery } from '../api/queries.ts';
import { useTitle, useWords } from '../messages/words.tsx';
import { Wallboard } from './Wallboard.tsx';
import './wallboard.css';

const kept = 'klantpuls-wallboard';
/** After so many milliseconds a screen that heard nothing asks again: nobody stands beside it. */
const patience = 10_000;

/** Shows a code until an administrator confirmed it. */
function Pairing({ again, onPaired }: { again: boolean; onPaired: (token: string) => void }) {
  const { t } = useWords();
  const [code, setCode] = useState<DevicePairing>();
  const [state, setState] = useState<'waiting' | 'offline' | 'refused'>('waiting');
  useTitle(t('wallboard.pair'));
  useEffect(() => {
    const stop = new AbortController();
    const view = {
      show(shown: DevicePairing | undefined) {
        setCode(shown);
        setState((known) => (shown ? (known === 'refused' ? known : 'waiting') : 'offline'));
      },
      refused: () => setState('refused'),
    };
    pair('wallboard', view, stop.signal).then((token) => {
      if (token && !stop.signal.aborted) onPaired(token.access_token);
    });
    return () => stop.abort();
  }, [onPaired]);
  return (
    <main className="kp-wall-pair">
      <div>
        <h1>{t(again ? 'wallboard.pairAgain' : 'wallboard.pair')}</h1>
        <p>{t('wallboard.pair.words')}</p>
        <p>{code?.verification_uri.replace(/^https?:\/\//, '')}</p>
        <p className="kp-wall-pair__code" aria-live="polite">
          {code?.user_code}
        </p>
        <p role="status">{t(`wallboard.pair.${state}`)}</p>
      </div>
      {code && <img className="kp-wall-pair__qr" src={code.qr} alt={t('wallboard.pair.qr')} />}
    </main>
  );
}

/** A screen that was paired shows its figures with a token of its own; nobody has to sign in on it. */
export default function WallboardPage() {
  const { t } = useWords();
  const [token, setToken] = useState(() => localStorage.getItem(kept));
  const [lost, setLost] = useState(false);
  speakWith(token);
  const session = useQuery({
    ...sessionQuery,
    enabled: token !== null,
    refetchInterval: ({ state }) => (state.status === 'error' ? patience : false),
  });
  const [onPaired] = useState(() => (fresh: string) => {
    localStorage.setItem(kept, fresh);
    queryClient.clear();
    setToken(fresh);
  });
  const ended = token !== null && session.data?.account === null;
  useEffect(() => {
    if (!ended) return;
    localStorage.removeItem(kept);
    setLost(true);
    setToken(null);
  }, [ended]);
  if (token === null) return <Pairing again={lost} onPaired={onPaired} />;
  if (session.data?.account) return <Wallboard account={session.data.account} />;
  return (
    <main className="kp-wall-pair">
      {session.isError ? (
        <p role="status">{t('wallboard.pair.offline')}</p>
      ) : (
        <Skeleton words={t('app.loading')} />
      )}
    </main>
  );
}
