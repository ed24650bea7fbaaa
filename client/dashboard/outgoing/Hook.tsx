import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Webhook, WebhookDelivery } from '#shared/contract/webhooks.ts';
import { post, remove } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { TableFrame } from '../now/TableFrame.tsx';
import { deliveriesQuery, webhooksQuery } from './queries.ts';
import { useOutgoingWords } from './words.ts';

const again = () => queryClient.invalidateQueries({ queryKey: webhooksQuery.queryKey });

function Deliveries({ id }: { id: number }) {
  const { w, t, date, time } = useOutgoingWords();
  const { data, isError } = useQuery(deliveriesQuery(id));
  const replay = useMutation({
    mutationFn: (events: string[]) => post(`webhooks/${id}/replays`, { events }),
    onSuccess: again,
  });
  if (isError) return <p role="alert">{w('failed')}</p>;
  if (!data) return <p>{t('app.loading')}</p>;
  if (data.length === 0) return <p>{w('hook.empty')}</p>;
  const when = ({ changedAt }: WebhookDelivery) =>
    `${date(Date.parse(changedAt))}, ${time(Date.parse(changedAt))}`;
  return (
    <TableFrame caption={w('hook.deliveries')}>
      <thead>
        <tr>
          <th scope="col">{w('hook.event')}</th>
          <th scope="col">{w('state')}</th>
          <th scope="col">{w('when')}</th>
          <th scope="col" className="kp-out__number">
            {w('attempts')}
          </th>
          <th scope="col">{w('hook.answer')}</th>
          <th scope="col">
            <span className="kp-hidden">{w('hook.again')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {data.map((one) => (
          <tr key={one.event}>
            <td>{w(`type.${one.type}`)}</td>
            <td>{w(`state.${one.state}`)}</td>
            <td>{when(one)}</td>
            <td className="kp-out__number">{one.attempts}</td>
            <td>{[one.status, one.reason].filter((part) => part !== null).join(' ')}</td>
            <td>
              {one.state !== 'waiting' && (
                <button
                  type="button"
                  className="utrecht-button utrecht-button--secondary-action kp-screen kp-out__small"
                  disabled={replay.isPending}
                  onClick={() => replay.mutate([one.event])}
                >
                  {w('hook.again')}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

export function Hook({ hook }: { hook: Webhook }) {
  const { w } = useOutgoingWords();
  const [sure, setSure] = useState(false);
  const [open, setOpen] = useState(false);
  const removing = useMutation({ mutationFn: () => remove(`webhooks/${hook.id}`), onSuccess: again });
  const replay = useMutation({
    mutationFn: () => post(`webhooks/${hook.id}/replays`, {}),
    onSuccess: again,
  });
  return (
    <li className="kp-out__hook">
      <h2 className="kp-out__name">{hook.name}</h2>
      <p className="kp-out__url">{hook.url}</p>
      <p>{hook.types.map((type) => w(`type.${type}`)).join(', ')}</p>
      <p>{w('hook.counts', hook.deliveries)}</p>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{w('hook.deliveries')}</summary>
        {open && <Deliveries id={hook.id} />}
      </details>
      <p className="kp-out__actions kp-screen">
        {hook.deliveries.failed > 0 && (
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            disabled={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {w('hook.failedAgain')}
          </button>
        )}
        <button
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          disabled={removing.isPending}
          onClick={() => (sure ? removing.mutate() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {sure ? w('hook.removeSure', { name: hook.name }) : w('hook.remove')}
        </button>
      </p>
      {(removing.isError || replay.isError) && <p role="alert">{w('notDone')}</p>}
    </li>
  );
}
