import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import { productsQuery, touchpointsQuery } from '../api/queries.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { Editor } from './Editor.tsx';
import './editor.css';
import { Select, Waiting } from './parts.tsx';
import { questionnairesQuery } from './queries.ts';
import { useCollectWords } from './words.ts';

export default function QuestionnairePage({ account }: { account: Account }) {
  const { w, date } = useCollectWords();
  const navigate = useNavigate();
  const { touchpoint: asked } = useSearch({ from: '__root__' });
  const touchpoints = useQuery(touchpointsQuery);
  const products = useQuery(productsQuery);
  const usable = touchpoints.data?.filter(({ retired }) => !retired) ?? [];
  const point = usable.find(({ key }) => key === asked?.[0]) ?? usable[0];
  const versions = useQuery({ ...questionnairesQuery(point?.key ?? ''), enabled: point !== undefined });
  const title = point ? w('form.title', { name: point.name }) : null;
  useTitle(title);
  const newest = versions.data?.[0];
  if (!point || !products.data || !versions.data || !newest)
    return (
      <Page account={account}>
        <Waiting queries={[touchpoints, products, versions]} />
      </Page>
    );
  return (
    <Page account={account}>
      <div className="kp-collect">
        <header className="kp-collect__head">
          <h1 className="kp-collect__title">{title}</h1>
          <div className="kp-screen">
            <Select
              label={w('form.choose')}
              value={point.key}
              options={usable.map(({ key, name }) => [key, name])}
              onChange={(key) =>
                navigate({ to: '.', search: (search) => ({ taal: search.taal, touchpoint: [key] }) })
              }
            />
          </div>
        </header>
        <Editor
          key={`${point.key} ${newest.version}`}
          point={point}
          newest={newest}
          earlier={versions.data}
          products={products.data.filter(({ retired }) => !retired)}
          languages={account.languages}
        />
        <section className="kp-collect__panel" aria-labelledby="versions">
          <h2 id="versions">{w('form.history')}</h2>
          <ol className="kp-collect__versions" reversed>
            {versions.data.map(({ version, validFrom, method, questions }) => (
              <li key={version}>
                <b>{w('form.version', { n: version })}</b>{' '}
                {validFrom === null
                  ? w('form.version.always')
                  : w('form.version.since', { date: date(validFrom) })}
                <span className="kp-collect__soft">
                  {' '}
                  {[method, ...questions.map(({ key }) => key)].join(' · ')}
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Page>
  );
}
