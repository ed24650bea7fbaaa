import type { SurveyLink } from '#shared/contract/survey-links.ts';
import type { SurveyLinkStore } from '../port/survey-links.ts';
import type { Work } from './work.ts';

interface Row {
  id: string;
  touchpoint: string;
  content: string;
}
const linkOf = ({ id, touchpoint, content }: Row): SurveyLink => ({ id, touchpoint, ...JSON.parse(content) });

export class PostgresSurveyLinks implements SurveyLinkStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async all(): Promise<SurveyLink[]> {
    return (await this.#work.db.all<Row>('SELECT * FROM survey_links ORDER BY id COLLATE "C"')).map(linkOf);
  }

  async find(id: string): Promise<SurveyLink | null> {
    const row = await this.#work.db.get<Row>('SELECT * FROM survey_links WHERE id = $1', [id]);
    return row ? linkOf(row) : null;
  }

  async save({ id, touchpoint, ...content }: SurveyLink): Promise<void> {
    await this.#work.transaction((db) =>
      db.run(
        `INSERT INTO survey_links VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET touchpoint = excluded.touchpoint, content = excluded.content`,
        [id, touchpoint, JSON.stringify(content)],
      ),
    );
  }

  remove(id: string): Promise<boolean> {
    const remove = 'DELETE FROM survey_links WHERE id = $1';
    return this.#work.transaction(async (db) => (await db.run(remove, [id])) === 1);
  }
}
