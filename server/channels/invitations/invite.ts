import { randomUUID } from 'node:crypto';
import { type FieldError, fieldErrors } from '#shared/contract/errors.ts';
import { InvitationInput, type InvitationMade } from '#shared/contract/invitations.ts';
import type { InvitationStore, NewInvitation } from '../../storage/port/invitations.ts';
import type { NewMail } from '../../storage/port/mail.ts';
import type { Settings } from '../../storage/port.ts';
import { letterOf, smsOf } from './letter.ts';
import type { Links } from './links.ts';

const day = 86_400_000;

/** A message as the outbox seals it. */
export interface InvitationMessage {
  by: 'mail' | 'sms';
  to: string;
  subject: string;
  text: string;
  html?: string;
  unsubscribe: string;
  kind: 'invitation' | 'reminder';
  dueAt?: number;
}

export interface InviteOptions {
  store: InvitationStore;
  settings: () => Settings;
  links: Links;
  now: () => number;
  /** Whether such a message can be sent at all. */
  canSend: (by: 'mail' | 'sms') => boolean;
  seal: (message: InvitationMessage) => NewMail;
  addressHash: (address: string) => Buffer;
  /** Looks at the outbox at once. */
  wake: () => void;
}

export type InvitationResult =
  | ({ ok: true } & InvitationMade)
  | { ok: false; id: unknown; errors: FieldError[] };

/** `base`: where the pages are, such as https://feedback.gemeente.nl. In order; one that is wrong harms no other. */
export type Invite = (raws: readonly unknown[], base: string) => Promise<InvitationResult[]>;

/** A national number and its international form are one address. */
const phoneOf = (phone: string) => phone.replace(/^06/, '+316');

export function inviteWith(options: InviteOptions): Invite {
  const { store, settings, links, now, canSend, seal, addressHash, wake } = options;

  const againstSettings = (input: InvitationInput): FieldError[] => {
    const { touchpoints, products } = settings();
    const errors: FieldError[] = [];
    const wrong = (pointer: string, detail: string) =>
      errors.push({ pointer, code: 'unknown-value', detail });
    const point = touchpoints.find(({ key }) => key === input.touchpoint);
    if (!point || point.retired) wrong('/touchpoint', 'There is no such touchpoint in use.');
    else if (point.scale !== 'grade') wrong('/touchpoint', 'This touchpoint does not ask for a grade.');
    if (input.product !== undefined && !products.some(({ key }) => key === input.product))
      wrong('/product', 'This product does not exist.');
    const by = input.phone === undefined ? 'mail' : 'sms';
    if (input.send && (input.email ?? input.phone) !== undefined && !canSend(by))
      wrong(
        input.phone === undefined ? '/email' : '/phone',
        `Nothing is set up to send ${by}. Send the link yourself, with "send": false.`,
      );
    return errors;
  };

  function prepared(
    input: InvitationInput,
    base: string,
    rules: { quarantineDays: number; validDays: number },
  ) {
    const { municipality, products } = settings();
    const { email, phone, language, moment, remindAfterDays } = input;
    const to = phone === undefined ? email : phoneOf(phone);
    const token = links.fresh();
    const expiresAt = now() + rules.validDays * day;
    const address = to === undefined ? null : addressHash(to);
    const mails: NewMail[] = [];
    if (to !== undefined && address && input.send) {
      const unsubscribe = `${base}/afmelden/${links.unsubscribe.token(address)}`;
      const message = (reminder: boolean): InvitationMessage => {
        const product = products.find(({ key }) => key === input.product)?.name ?? null;
        const link = linkOf(token, base);
        const letter = { municipality, language, moment, product, link, expiresAt, reminder, unsubscribe };
        const kind = reminder ? ('reminder' as const) : ('invitation' as const);
        return phone === undefined
          ? { by: 'mail', to, ...letterOf(letter), unsubscribe, kind }
          : { by: 'sms', to, subject: '', text: smsOf(letter), unsubscribe, kind };
      };
      mails.push(seal(message(false)));
      if (remindAfterDays !== undefined)
        mails.push(seal({ ...message(true), dueAt: now() + remindAfterDays * day }));
    }
    return {
      id: input.id ?? randomUUID(),
      token,
      touchpoint: input.touchpoint,
      product: input.product ?? null,
      form: input.form ?? null,
      ...{ moment, language, expiresAt, address, mails },
      reference: input.reference ?? null,
      quarantineUntil: address && rules.quarantineDays > 0 ? now() + rules.quarantineDays * day : null,
    } satisfies NewInvitation;
  }

  const linkOf = (token: Buffer, base: string) => `${base}/i/${links.invitation.token(token)}`;

  return async (raws, base) => {
    const rules = await store.rules();
    const checked = raws.map((raw) => {
      const parsed = InvitationInput.safeParse(raw);
      const errors = parsed.success ? againstSettings(parsed.data) : fieldErrors(parsed.error, raw);
      return parsed.success && errors.length === 0
        ? { ok: true as const, invitation: prepared(parsed.data, base, rules) }
        : { ok: false as const, id: (raw as { id?: unknown } | null)?.id ?? null, errors };
    });
    const wanted = checked.flatMap((one) => (one.ok ? [one.invitation] : []));
    const outcomes = wanted.length > 0 ? await store.add(wanted, now()) : [];
    wake();
    let next = 0;
    return checked.map((one): InvitationResult => {
      if (!one.ok) return one;
      const outcome = outcomes[next++]!;
      const { id } = one.invitation;
      if (!('token' in outcome))
        return { ok: true, id, status: 'accepted', delivery: outcome.status, link: null, expiresAt: null };
      return {
        ...{ ok: true, id, status: outcome.status, delivery: outcome.mailed ? 'waiting' : 'link' },
        link: linkOf(outcome.token, base),
        expiresAt: new Date(outcome.expiresAt).toISOString(),
      };
    });
  };
}
