import type { SurveyLink } from '#shared/contract/survey-links.ts';
import type { SurveyLinkStore } from '../port/survey-links.ts';
import type { Work } from './work.ts';

interface Row {
  id: string;
  touchpoint: string;
  content: string;
}
const linkOf = ({ id, touchpoint, content }: Row): SurveyLink => ({ id, touchpoint, ...JSON.parse(content) });

export class SqliteSurveyLinks implements SurveyLinkStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async all(): Promise<SurveyLink[]> {
    return (this.#work.db.prepare('SELECT * FROM survey_links ORDER BY id').all() as Row[]).map(linkOf);
  }

  async find(id: string): Promise<SurveyLink | null> {
    const row = this.#work.db.prepare('SELECT * FROM survey_links WHERE id = ?').get(id) as Row | undefined;
    return row ? linkOf(row) : null;
  }

  async save({ id, touchpoint, ...content }: SurveyLink): Promise<void> {
    const { db, transaction } = this.#work;
    await transaction(() =>
      db
        .prepare('INSERT OR REPLACE INTO survey_links VALUES (?, ?, ?)')
        .run(id, touchpoint, JSON.stringify(content)),
    );
  }

  remove(id: string): Promise<boolean> {
    const { db, transaction } = this.#work;
    return transaction(() => db.prepare('DELETE FROM survey_links WHERE id = ?').run(id).changes === 1);
  }
}
