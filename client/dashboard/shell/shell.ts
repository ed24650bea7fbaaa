import { createContext, type ReactNode } from 'react';

export interface Shell {
  menu: ReactNode;
  /** The menu of the administration, on its pages. */
  sections: ReactNode;
}

/** What stands around a page for who is signed in. The page does not know the other pages. */
export const ShellContext = createContext<Shell | null>(null);
