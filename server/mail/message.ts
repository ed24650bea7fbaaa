/** What is to be sent to one address: by mail, or by SMS (text alone). */
export interface Message {
  by: 'mail' | 'sms';
  to: string;
  subject: string;
  text: string;
  html?: string | undefined;
  /** Where a person can be taken off the list with one press (RFC 8058). */
  unsubscribe?: string | undefined;
}

/** How an attempt to send ended. `unreachable`: nobody's message could go now, this one was not sent. */
export type Delivery =
  | { state: 'sent'; reference?: string }
  | { state: 'refused' | 'unknown' | 'later' | 'unreachable'; reason: string };

export interface Transport {
  send(message: Message): Promise<Delivery>;
  close(): void;
}

/** What a server said, without any address in it. */
export const withoutAddresses = (text: string): string =>
  text
    .replace(/[^\s<>"'(:;,]{1,80}@[^\s<>"'):;,]{1,200}/g, '[e-mail]')
    .replace(/\+?\d[\d ()-]{6,}\d/g, '[nummer]')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
