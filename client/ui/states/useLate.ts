import { useEffect, useState } from 'react';

/** False at first, true after a while: what is ready sooner needs no sign of waiting. */
export function useLate(after = 300): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return late;
}
