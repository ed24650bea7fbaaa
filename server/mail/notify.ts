import { NotifyClient } from 'notifications-node-client';
import { type Delivery, type Transport, withoutAddresses } from './message.ts';

export interface NotifySettings {
  url: string;
  apiKey: string;
  /** With the fields `subject` and `body`. */
  mailTemplate: string | null;
  /** With the field `body`. */
  smsTemplate: string | null;
  /** What it sends along when it tells what became of a message. */
  callbackToken: string | null;
}

const patience = 30_000;

/** NotifyNL, which also says later what became of a message. */
export function notify({
  url,
  apiKey,
  mailTemplate,
  smsTemplate,
}: Omit<NotifySettings, 'callbackToken'>): Transport {
  const client = new NotifyClient(url, apiKey);
  return {
    async send({ by, to, subject, text, unsubscribe }) {
      const template = by === 'sms' ? smsTemplate : mailTemplate;
      if (template === null) return { state: 'refused', reason: `no template for ${by}` };
      const sending: Promise<{ data: { id: string } }> =
        by === 'sms'
          ? client.sendSms(template, to, { personalisation: { body: text } })
          : client.sendEmail(template, to, {
              personalisation: { subject, body: text },
              ...(unsubscribe === undefined ? {} : { oneClickUnsubscribeURL: unsubscribe }),
            });
      try {
        const { data } = await inTime(sending);
        return { state: 'sent', reference: data.id };
      } catch (error) {
        return outcomeOf(error as NotifyError);
      }
    },
    close() {},
  };
}

interface NotifyError extends Error {
  code?: string;
  response?: { status: number; data?: { errors?: { error?: string; message?: string }[] } };
}

function inTime<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no reply in time')), patience);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function outcomeOf({ response, code, message }: NotifyError): Delivery {
  const [first] = response?.data?.errors ?? [];
  const reason = withoutAddresses(
    [response?.status, first?.error, first?.message ?? message].filter(Boolean).join(' '),
  );
  if (!response) {
    const nobodyThere = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
    return { state: nobodyThere.includes(code ?? '') ? 'unreachable' : 'unknown', reason };
  }
  const { status } = response;
  // A gateway that gave up on the service does not know whether it took the message.
  if (status === 502 || status === 504) return { state: 'unknown', reason };
  if (status === 401 || status === 403 || status === 429 || status >= 500)
    return { state: 'unreachable', reason };
  return { state: 'refused', reason };
}
