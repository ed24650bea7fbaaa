import { createHmac } from 'node:crypto';
import type { SimulatedAnswer, SimulatedStep } from '#shared/contract/telephony.ts';
import type { Calls, Webhook } from './calls.ts';
import { hear } from './hear.ts';
import { signatureOf } from './signature.ts';

/** What calls that only try a line are signed with; it follows from the secret key, so a line needs none of its own. */
export const trialSecretOf = (secret: string): string =>
  createHmac('sha256', secret).update('calls that try a line').digest('base64url');

export const pathOf = (touchpoint: string): string =>
  `/api/v1/telephony/twiml/${encodeURIComponent(touchpoint)}`;

/** A message as a platform sends it, signed. */
export function messageOf(options: {
  secret: string;
  origin: string;
  touchpoint: string;
  url: string;
  callId: string;
  status: string;
  digits: string | null;
}): Webhook {
  const { secret, origin, touchpoint, url, callId, status, digits } = options;
  const parameters = new URLSearchParams({ CallSid: callId, CallStatus: status });
  if (digits !== null) parameters.set('Digits', digits);
  return {
    touchpoint,
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(secret, origin + url, parameters),
    },
    body: Buffer.from(String(parameters)),
  };
}

/** Walks a call step by step through the same webhooks as a platform does, each with its signature. */
export function simulator({ calls, secret, origin }: { calls: Calls; secret: string; origin: () => string }) {
  return async (touchpoint: string, step: SimulatedStep): Promise<SimulatedAnswer> => {
    const { callId, language, action, digits, hangUp } = step;
    const path = pathOf(touchpoint);
    const query = new URLSearchParams({ ...(language ? { lang: language } : {}), trial: '1' });
    const given = action === undefined ? null : new URL(action, origin());
    if (given && !given.searchParams.has('trial')) given.searchParams.set('trial', '1');
    const url = hangUp ? `${path}/status?trial=1` : `${path}?${given ? given.searchParams : query}`;
    const message = messageOf({
      ...{ secret, touchpoint, url, callId: `try-${callId}` },
      origin: origin(),
      status: hangUp ? 'completed' : 'in-progress',
      digits: digits || null,
    });
    return hear(await (hangUp ? calls.status(message) : calls.answer(message)));
  };
}
