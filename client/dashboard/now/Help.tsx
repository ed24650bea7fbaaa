import { limits } from '#shared/contract/limits.ts';
import { useNow } from '../live/useLive.ts';
import { useWords } from '../messages/words.tsx';

/** How to read the figures; printed along, because paper cannot be asked. */
export function Help() {
  const { t, date, time } = useWords();
  const now = useNow(60_000);
  return (
    <section className="kp-help" aria-labelledby="help">
      <h2 id="help" className="kp-help__title">
        {t('help.title')}
      </h2>
      <p>{t('help.margin')}</p>
      <p>{t('help.verdict')}</p>
      <p>{t('help.few', { few: limits.indicative, enough: limits.enough })}</p>
      <p>{t('help.who')}</p>
      <p className="kp-print">{t('print.made', { time: `${date(now)}, ${time(now)}` })}</p>
    </section>
  );
}
