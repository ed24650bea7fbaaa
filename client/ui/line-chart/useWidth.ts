import { useLayoutEffect, useRef, useState } from 'react';

/** How wide an element is, followed as the window changes. */
export function useWidth(first: number) {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const known = element.current;
    if (!known) return;
    setWidth(known.clientWidth);
    const observer = new ResizeObserver(() => setWidth(known.clientWidth));
    observer.observe(known);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}
