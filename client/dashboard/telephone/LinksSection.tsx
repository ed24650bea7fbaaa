import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SurveyLink } from '#shared/contract/survey-links.ts';
import { remove } from '../api/client.ts';
import { productsQuery, queryClient, touchpointsQuery } from '../api/queries.ts';
import { LinkForm } from './LinkForm.tsx';
import { linesFrom } from './linkLines.ts';
import { surveyLinksQuery } from './queries.ts';
import { useTelephoneWords } from './words.ts';

const fresh: SurveyLink = { id: '', touchpoint: '', product: null, forms: {}, grades: {} };

/** Addresses of an earlier survey and where they lead to. */
export function LinksSection({ onDone }: { onDone: (words: string) => void }) {
  const { w, t } = useTelephoneWords();
  const links = useQuery(surveyLinksQuery);
  const { data: touchpoints = [] } = useQuery(touchpointsQuery);
  const { data: products = [] } = useQuery(productsQuery);
  const [editing, setEditing] = useState<SurveyLink | null>(null);
  const [leaving, setLeaving] = useState<string | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const forget = useMutation({
    mutationFn: (id: string) => remove(`survey-links/${encodeURIComponent(id)}`),
    onSuccess: async (_nothing, id) => {
      await queryClient.invalidateQueries({ queryKey: surveyLinksQuery.queryKey });
      setLeaving(null);
      onDone(w('links.removed', { id }));
      add.current?.focus();
    },
  });
  const nameOf = (items: readonly { key: string; name: string }[], key: string) =>
    items.find((item) => item.key === key)?.name ?? key;
  function close() {
    setEditing(null);
    add.current?.focus();
  }

  return (
    <section className="kp-tel__section" aria-labelledby="kp-tel-links">
      <h2 id="kp-tel-links" className="kp-tel__heading">
        {w('links.title')}
      </h2>
      <p className="kp-tel__note">{w('links.lead')}</p>
      {links.isError && <p role="alert">{t('problem.network')}</p>}
      {links.data?.length === 0 && <p>{w('links.none')}</p>}
      {links.data && links.data.length > 0 && (
        <div className="kp-tel__frame">
          <table className="kp-tel__table kp-tel__table--words">
            <thead>
              <tr>
                <th scope="col">{w('links.address')}</th>
                <th scope="col">{w('links.touchpoint')}</th>
                <th scope="col">{w('links.product')}</th>
                <th scope="col">{w('links.grades')}</th>
                <td className="kp-screen" />
              </tr>
            </thead>
            <tbody>
              {links.data.map((link) => (
                <tr key={link.id}>
                  <th scope="row">
                    <code>/theme/kf/{link.id}</code>
                  </th>
                  <td>{nameOf(touchpoints, link.touchpoint)}</td>
                  <td className="kp-tel__lines">
                    {[
                      ...(link.product ? [nameOf(products, link.product)] : []),
                      ...Object.entries(link.forms).map(([form, key]) => `${form}: ${nameOf(products, key)}`),
                    ].join('\n') || w('links.noProduct')}
                  </td>
                  <td className="kp-tel__lines">{linesFrom(link.grades) || w('links.asGiven')}</td>
                  <td className="kp-screen">
                    <button
                      type="button"
                      className="kp-quiet"
                      aria-label={`${w('links.change')} ${link.id}`}
                      onClick={() => setEditing(link)}
                    >
                      {w('links.change')}
                    </button>{' '}
                    <button
                      type="button"
                      className="kp-quiet"
                      aria-label={leaving === link.id ? undefined : `${w('links.remove')} ${link.id}`}
                      onClick={() => (leaving === link.id ? forget.mutate(link.id) : setLeaving(link.id))}
                    >
                      {leaving === link.id ? w('links.remove.sure', { id: link.id }) : w('links.remove')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="kp-tel__buttons kp-screen">
        <button
          ref={add}
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          onClick={() => setEditing({ ...fresh, touchpoint: touchpoints[0]?.key ?? '' })}
        >
          {w('links.add')}
        </button>
      </p>
      {editing && (
        <LinkForm
          key={editing.id}
          link={editing}
          touchpoints={touchpoints}
          products={products}
          onClose={close}
          onSaved={(id) => {
            onDone(w('links.saved', { id }));
            close();
          }}
        />
      )}
    </section>
  );
}
