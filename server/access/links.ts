import { randomBytes } from 'node:crypto';
import type { SentLink } from '#shared/contract/access.ts';
import type { AccessStore, LinkPurpose } from '../storage/port/access.ts';
import { hashOf } from './accounts.ts';

/** How long a link holds, in milliseconds: who is invited may be away for a while. */
const validFor: Record<LinkPurpose, number> = { invitation: 7 * 86_400_000, reset: 60 * 60_000 };

export interface LinksOptions {
  store: AccessStore;
  now: () => number;
  publicUrl: string | null;
  municipality: () => string;
  canMail: boolean;
  /** False when no mail is set up. */
  queueMail: (mail: { to: string; subject: string; text: string; kind: string }) => Promise<boolean>;
}

/** One-time links with which somebody chooses a password: by mail, or else shown to the administrator to pass on. */
export class Links {
  readonly #options: LinksOptions;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  get canMail(): boolean {
    return this.#options.canMail;
  }

  async send(
    user: { id: string; name: string; email: string },
    purpose: LinkPurpose,
    origin: string,
  ): Promise<SentLink> {
    const { store, now, publicUrl, municipality, queueMail } = this.#options;
    const secret = randomBytes(24).toString('base64url');
    await store.addLink({
      ...{ user: user.id, hash: hashOf(secret), purpose, expiresAt: now() + validFor[purpose] },
    });
    // Behind the #, so that no log of any server on the way has it.
    const link = `${publicUrl ?? origin}/toegang#${secret}`;
    const { subject, lines } = wordsFor[purpose](user.name, municipality());
    const text = [lines[0], link, ...lines.slice(1)].join('\n\n');
    const mailed = await queueMail({ to: user.email, subject, text, kind: purpose });
    return { link: mailed ? null : link };
  }
}

const wordsFor: Record<
  LinkPurpose,
  (name: string, municipality: string) => { subject: string; lines: string[] }
> = {
  invitation: (name, municipality) => ({
    subject: `Uw account voor Klantpuls van ${municipality}`,
    lines: [
      `Beste ${name},\n\nEr is een account voor u gemaakt in Klantpuls. Kies een wachtwoord via deze link:`,
      'De link werkt één keer, en 7 dagen lang. Is hij verlopen? Vraag uw beheerder om een nieuwe.',
    ],
  }),
  reset: (name, municipality) => ({
    subject: `Een nieuw wachtwoord voor Klantpuls van ${municipality}`,
    lines: [
      `Beste ${name},\n\nKies een nieuw wachtwoord via deze link:`,
      'De link werkt één keer, en een uur lang. Hebt u hier niet om gevraagd? Dan hoeft u niets te doen.',
    ],
  }),
};
