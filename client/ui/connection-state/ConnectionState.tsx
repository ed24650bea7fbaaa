import './connection-state.css';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** Word first; the shape differs too: full, half open, open. */
export function ConnectionState({ state, words }: { state: Connection; words: string }) {
  return (
    <span className={`kp-connection kp-connection--${state}`}>
      <svg className="kp-connection__shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        {state === 'live' ? (
          <circle cx="6" cy="6" r="5" fill="currentColor" />
        ) : (
          <circle
            cx="6"
            cy="6"
            r="4.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeDasharray={state === 'offline' ? 'none' : '4.700 2.400'}
          />
        )}
        {state === 'offline' && <path d="M2 10 10 2" stroke="currentColor" strokeWidth="2" />}
      </svg>
      {words}
    </span>
  );
}
