import type { Examples } from '../example.ts';
import { Notice, OfflineBar } from './Notice.tsx';
import { Skeleton } from './Skeleton.tsx';

export const examples: Examples = {
  loading: <Skeleton words="De cijfers worden geladen" rows={2} at={0} />,
  empty: (
    <Notice title="Nog geen waarderingen" action={<a href="#example">Voorbeeld van de widget</a>}>
      Zet een tablet neer of plaats de widget op uw website.
    </Notice>
  ),
  error: (
    <Notice
      tone="error"
      title="De cijfers konden niet worden opgehaald"
      action={
        <button type="button" className="utrecht-button utrecht-button--secondary-action">
          Probeer opnieuw
        </button>
      }
    >
      De server gaf geen antwoord.
    </Notice>
  ),
  offline: <OfflineBar words="Geen verbinding. U ziet de stand van 10.42 uur." />,
};
