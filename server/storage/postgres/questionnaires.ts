import type { QuestionnaireInput } from '#shared/contract/questionnaire.ts';
import type { QuestionnaireStore } from '../port/questionnaires.ts';
import type { Db } from './db.ts';
import { bumpSettings, keepValue, keptValue, methodId } from './settings.ts';
import type { Work } from './work.ts';

type Content = Pick<QuestionnaireInput, 'scale' | 'question' | 'commentQuestion' | 'product' | 'questions'>;

const plain = (scale: Content['scale']): Content => ({
  ...{ scale, question: null, commentQuestion: null, product: null, questions: [] },
});

async function addAnswerKeys(db: Db, keys: string[]): Promise<void> {
  const known = (await keptValue<string[]>(db, 'answerKeys')) ?? [];
  const all = [...new Set([...known, ...keys])];
  if (all.length > known.length) await keepValue(db, 'answerKeys', all);
}

export class PostgresQuestionnaires implements QuestionnaireStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  add({ touchpoint, after, method, validFrom, ...content }: Parameters<QuestionnaireStore['add']>[0]) {
    const insert = 'INSERT INTO questionnaires VALUES ($1, $2, $3, $4, $5)';
    return this.#work.changingSettings(async (db): Promise<number | null> => {
      const newest = await db.get<{ version: number; valid_from: number }>(
        'SELECT version, valid_from FROM questionnaires WHERE touchpoint = $1 ORDER BY version DESC LIMIT 1',
        [touchpoint],
      );
      if (after !== (newest?.version ?? 1)) return null;
      const now = await db.get<{ scale: Content['scale']; method: number }>(
        'SELECT scale, method FROM touchpoints WHERE key = $1',
        [touchpoint],
      );
      if (!now) return null;
      if (!newest) await db.run(insert, [touchpoint, 1, 0, now.method, JSON.stringify(plain(now.scale))]);
      const id = await methodId(db, touchpoint, method);
      // A clock that was set back must not make an older version the valid one.
      const from = Math.max(validFrom, (newest?.valid_from ?? 0) + 1);
      await db.run(insert, [touchpoint, after + 1, from, id, JSON.stringify(content)]);
      await db.run('UPDATE touchpoints SET scale = $1, method = $2 WHERE key = $3', [
        content.scale,
        id,
        touchpoint,
      ]);
      await addAnswerKeys(
        db,
        content.questions.map(({ key }) => key),
      );
      await bumpSettings(db);
      return after + 1;
    });
  }
}
