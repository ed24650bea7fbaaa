import type { QuestionnaireInput } from '#shared/contract/questionnaire.ts';
import type { QuestionnaireStore, QuestionnaireVersion } from '../port/questionnaires.ts';
import type { Db } from './open.ts';
import { bumpSettings } from './version.ts';
import type { Work } from './work.ts';

type Content = Pick<QuestionnaireInput, 'scale' | 'question' | 'commentQuestion' | 'product' | 'questions'>;

export function readQuestionnaires(db: Db): ReadonlyMap<string, QuestionnaireVersion[]> {
  const rows = db
    .prepare(
      `SELECT q.touchpoint, q.version, q.valid_from, q.content, m.label
       FROM questionnaires q JOIN methods m ON m.id = q.method ORDER BY q.version DESC`,
    )
    .all() as { touchpoint: string; version: number; valid_from: number; content: string; label: string }[];
  const versions = new Map<string, QuestionnaireVersion[]>();
  for (const { touchpoint, version, valid_from, content, label } of rows) {
    const one = {
      touchpoint,
      version,
      validFrom: valid_from,
      method: label,
      ...(JSON.parse(content) as Content),
    };
    const known = versions.get(touchpoint);
    if (known) known.push(one);
    else versions.set(touchpoint, [one]);
  }
  return versions;
}

export class SqliteQuestionnaires implements QuestionnaireStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async add({
    touchpoint,
    after,
    method,
    validFrom,
    ...content
  }: Parameters<QuestionnaireStore['add']>[0]): Promise<number | null> {
    const { db } = this.#work;
    const insert = db.prepare('INSERT INTO questionnaires VALUES (?, ?, ?, ?, ?)');
    let added: number | null = null;
    await this.#work.changingSettings(() => {
      added = null;
      const newest = db
        .prepare(
          'SELECT version, valid_from FROM questionnaires WHERE touchpoint = ? ORDER BY version DESC LIMIT 1',
        )
        .get(touchpoint) as { version: number; valid_from: number } | undefined;
      if (after !== (newest?.version ?? 1)) return;
      const now = db.prepare('SELECT scale, method FROM touchpoints WHERE key = ?').get(touchpoint) as
        | { scale: Content['scale']; method: number }
        | undefined;
      if (!now) return;
      if (!newest) insert.run(touchpoint, 1, 0, now.method, JSON.stringify(plain(now.scale)));
      db.prepare('INSERT INTO methods (touchpoint, label) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
        touchpoint,
        method,
      );
      const id = db
        .prepare('SELECT id FROM methods WHERE touchpoint = ? AND label = ?')
        .pluck()
        .get(touchpoint, method) as number;
      // A clock that was set back must not make an older version the valid one.
      const from = Math.max(validFrom, (newest?.valid_from ?? 0) + 1);
      insert.run(touchpoint, after + 1, from, id, JSON.stringify(content));
      db.prepare('UPDATE touchpoints SET scale = ?, method = ? WHERE key = ?').run(
        content.scale,
        id,
        touchpoint,
      );
      addAnswerKeys(
        db,
        content.questions.map(({ key }) => key),
      );
      bumpSettings(db);
      added = after + 1;
    });
    return added;
  }
}

const plain = (scale: Content['scale']): Content => ({
  ...{ scale, question: null, commentQuestion: null, product: null, questions: [] },
});

function addAnswerKeys(db: Db, keys: string[]): void {
  const text = db.prepare("SELECT value FROM settings WHERE name = 'answerKeys'").pluck().get() as
    | string
    | undefined;
  const known = text ? (JSON.parse(text) as string[]) : [];
  const all = [...new Set([...known, ...keys])];
  if (all.length > known.length)
    db.prepare("INSERT OR REPLACE INTO settings VALUES ('answerKeys', ?)").run(JSON.stringify(all));
}
