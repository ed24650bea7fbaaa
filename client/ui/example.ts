import type { ReactElement } from 'react';

/** One state of a component, by name. */
export type Examples = Record<string, ReactElement>;
