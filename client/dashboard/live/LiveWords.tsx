import { ConnectionState } from '../../ui/connection-state/ConnectionState.tsx';
import { useWords } from '../messages/words.tsx';
import type { LiveState } from './connection.ts';
import { useNow } from './useLive.ts';

/** Whether the figures move, in words. Not announced each second: only a lost connection is. */
export function LiveWords({ live }: { live: LiveState }) {
  const { t, ago, time } = useWords();
  const now = useNow();
  const { connection, ratingAt, figuresAt } = live;
  const words = (() => {
    if (connection === 'live')
      return ratingAt === null ? t('live.live') : t('live.last', { ago: ago(now - ratingAt) });
    if (connection === 'offline') {
      return figuresAt === null ? t('live.offline.empty') : t('live.offline', { time: time(figuresAt) });
    }
    return t(`live.${connection}`);
  })();
  return <ConnectionState state={connection} words={words} />;
}
