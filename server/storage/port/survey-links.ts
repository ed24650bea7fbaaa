import type { SurveyLink } from '#shared/contract/survey-links.ts';

/** Addresses of earlier surveys, and where they lead to. */
export interface SurveyLinkStore {
  all(): Promise<SurveyLink[]>;
  find(id: string): Promise<SurveyLink | null>;
  save(link: SurveyLink): Promise<void>;
  /** False when there was none. */
  remove(id: string): Promise<boolean>;
}
