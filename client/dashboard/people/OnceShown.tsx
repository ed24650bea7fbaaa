import { useEffect, useRef, useState } from 'react';
import { usePeopleWords } from './words.ts';

/** A secret that is shown this once, to copy. */
export function OnceShown({ words, secret, copy }: { words: string; secret: string; copy: string }) {
  const { w } = usePeopleWords();
  const [copied, setCopied] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => whole.current?.focus(), []);
  return (
    <div ref={whole} className="kp-once" role="status" tabIndex={-1}>
      <p>{words}</p>
      <code className="kp-once__secret">{secret}</code>
      <button
        type="button"
        className="utrecht-button utrecht-button--secondary-action"
        onClick={() =>
          navigator.clipboard.writeText(secret).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? w('users.link.copied') : copy}
      </button>
    </div>
  );
}
