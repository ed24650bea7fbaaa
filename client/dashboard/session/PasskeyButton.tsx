import { useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { post } from '../api/client.ts';
import { setSession } from '../api/queries.ts';
import type { FormErrors } from './check.ts';
import { useSessionWords } from './words.ts';

/** Signs in with a passkey of this device; nothing where the browser has none. */
export function PasskeyButton({ onErrors }: { onErrors: (errors: FormErrors) => void }) {
  const { w } = useSessionWords();
  const [busy, setBusy] = useState(false);
  async function enter() {
    setBusy(true);
    onErrors([]);
    try {
      const optionsJSON = await post<never>('passkey-requests', {});
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const passkey = await startAuthentication({ optionsJSON });
      setSession({ account: await post<Account>('session', { passkey }), fresh: true });
    } catch {
      // Whoever closed the window of the browser is told the same as whose passkey is not known.
      onErrors([{ text: w('passkey.stopped') }]);
      setBusy(false);
    }
  }
  if (!('PublicKeyCredential' in window)) return null;
  return (
    <p>
      <button
        type="button"
        className="utrecht-button utrecht-button--secondary-action"
        disabled={busy}
        onClick={enter}
      >
        {w('passkey')}
      </button>
    </p>
  );
}
