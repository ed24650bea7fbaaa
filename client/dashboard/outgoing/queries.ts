import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InvitationRules, ResponseRate } from '#shared/contract/invitations.ts';
import type { Outgoing } from '#shared/contract/outgoing.ts';
import type { Webhook, WebhookDelivery } from '#shared/contract/webhooks.ts';
import { get } from '../api/client.ts';

/** Mail and webhooks go on by themselves: what is shown is asked again every few seconds. */
const moving = { staleTime: 0, refetchInterval: 5000 };

export const outgoingQuery = queryOptions({
  queryKey: ['settings', 'outgoing'],
  queryFn: () => get<Outgoing>('outgoing'),
  ...moving,
});
/** Invited on these days, both included; null: ever. */
export const ratesQuery = (days: { from: string; to: string } | null) =>
  queryOptions({
    queryKey: ['settings', 'invitation-rates', days],
    queryFn: async () =>
      (await get<{ items: ResponseRate[] }>('invitations/response-rates', { ...days })).items,
    placeholderData: keepPreviousData,
    ...moving,
  });
export const rulesQuery = queryOptions({
  queryKey: ['settings', 'invitation-rules'],
  queryFn: () => get<InvitationRules>('invitations/rules'),
});
export const webhooksQuery = queryOptions({
  queryKey: ['settings', 'webhooks'],
  queryFn: async () => (await get<{ items: Webhook[] }>('webhooks')).items,
  ...moving,
});
export const deliveriesQuery = (id: number) =>
  queryOptions({
    queryKey: ['settings', 'webhooks', id],
    queryFn: async () => (await get<{ items: WebhookDelivery[] }>(`webhooks/${id}/deliveries`)).items,
    ...moving,
  });
