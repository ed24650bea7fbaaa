import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, memo, Suspense, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { Connection } from '../../ui/connection-state/ConnectionState.tsx';
import { OfflineBar } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ViewSwitch } from '../../ui/view-switch/ViewSwitch.tsx';
import { signalsQuery } from '../api/queries.ts';
import { Filters } from '../filters/Filters.tsx';
import { PeriodChoice } from '../filters/PeriodChoice.tsx';
import { LiveWords } from '../live/LiveWords.tsx';
import { useTitle, useWords } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Empty, Failed } from './absent.tsx';
import { Hero } from './Hero.tsx';
import { Rows } from './Rows.tsx';
import { SignalBanner } from './SignalBanner.tsx';
import { type NowFigures, useFigures } from './useFigures.ts';
import './now.css';

const Tables = lazy(() => import('./Tables.tsx'));
const Help = lazy(() => import('./Help.tsx'));

function Content({ figures }: { figures: NowFigures }) {
  const { t, time } = useWords();
  const { view } = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const { live, by, total } = figures;

  // The line about signals stands above the figures, and would push them down when it comes after them.
  const { isPending, failureCount } = useQuery(signalsQuery);

  if (live.problem) return <Failed status={live.problem.status} />;
  if (!live.summary || (isPending && failureCount === 0)) {
    return live.connection === 'offline' ? <Failed status={0} /> : <Skeleton words={t('app.loading')} />;
  }
  if (total.n + (total.derived?.n ?? 0) === 0) return <Empty narrowed={figures.narrowed} />;
  return (
    <div className={live.current ? undefined : 'kp-now--old'} aria-busy={!live.current}>
      {live.connection === 'offline' && live.figuresAt && (
        <OfflineBar words={t('live.bar', { time: time(live.figuresAt) })} />
      )}
      <Hero figures={figures} />
      <div className="kp-now__bar">
        <h2 className="kp-now__title">{t(`now.rows.${by}`)}</h2>
        {by === 'touchpoint' && (
          <Link
            to="/"
            search={(search) => ({ ...search, channel: undefined, touchpoint: undefined })}
            className="kp-now__back kp-screen"
          >
            {t('now.back')}
          </Link>
        )}
        <ViewSwitch
          table={view === 'table'}
          words={{ legend: t('view.legend'), charts: t('view.charts'), table: t('view.table') }}
          onChange={(table) =>
            navigate({
              to: '/',
              search: (search) => ({ ...search, view: table ? 'table' : undefined }),
              resetScroll: false,
            })
          }
        />
      </div>
      {view === 'table' ? (
        <Suspense fallback={<Skeleton words={t('app.loading')} />}>
          <Tables figures={figures} />
        </Suspense>
      ) : (
        <Rows figures={figures} />
      )}
      <Suspense>
        <Help />
      </Suspense>
    </div>
  );
}

/** Said once when the figures move again; that they stood still is said by the bar. */
function Announcement({ connection }: { connection: Connection }) {
  const { t } = useWords();
  const [lost, setLost] = useState(false);
  if (connection === 'offline' && !lost) setLost(true);
  return (
    <p role="status" className="kp-hidden">
      {lost && connection === 'live' ? t('live.announce') : ''}
    </p>
  );
}

/** Apart, because it does not move with the figures. */
const Above = memo(() => (
  <>
    <Filters period={<PeriodChoice />} />
    <SignalBanner />
  </>
));

export function NowPage({ account }: { account: Account }) {
  const { t, grade } = useWords();
  const search = useSearch({ from: '__root__' });
  const figures = useFigures(search);
  useTitle(figures.live.summary ? grade(figures.total.mean) : null, t('now.title'));
  return (
    <Page account={account} state={<LiveWords live={figures.live} />}>
      <Above />
      <Announcement connection={figures.live.connection} />
      <Content figures={figures} />
    </Page>
  );
}
