import { fill } from '#shared/messages/fill.ts';
import type { RatingTexts } from '#shared/messages/nl.ts';
import { type Content, delivery } from './delivery.ts';
import { h } from './dom.ts';
import { grades } from './grades.ts';

interface Surroundings {
  ratings: string;
  context: Record<string, string | undefined>;
  link(name: string): string | null;
  rated(grade: number): void;
}

const maxLength = '2000';

/** The question, and after an answer the thanks with room for a comment. */
export function panel(texts: RatingTexts, { ratings, context, link, rated }: Surroundings): HTMLElement {
  const status = h('p', { role: 'status', tabindex: '-1' });
  const text = h('textarea', { id: 'comment', rows: '3', maxlength: maxLength, 'aria-describedby': 'note' });
  const form = h(
    'form',
    { hidden: true },
    h('label', { for: 'comment' }, texts.commentLabel),
    text,
    h('p', { id: 'note', class: 'quiet' }, texts.commentNote),
    h('button', { class: 'main' }, texts.send),
  );
  const kept = h('blockquote', { dir: 'auto' });
  const stored = h('div', { hidden: true }, h('p', {}, texts.stored), kept);

  const way = (key: 'contact' | 'complaint') => {
    const href = link(key);
    return h('li', {}, href ? h('a', { href }, texts[key]) : texts[key]);
  };
  const ways = h(
    'ul',
    { class: 'quiet', hidden: true },
    h('li', {}, texts.notAnswered),
    way('contact'),
    way('complaint'),
    h('li', {}, texts.emergency),
  );

  let given = 0;
  const send = delivery(ratings, context, {
    sent(content: Content, comment) {
      status.textContent = `${texts.thanks} ${fill(texts.given, { grade: given })} ${comment ? '' : texts.change}`;
      if (content.grade) rated(content.grade);
      if (comment) {
        kept.textContent = comment;
        form.hidden = true;
        stored.hidden = false;
        status.focus();
      }
    },
    waiting() {
      status.textContent = texts.waiting;
    },
    failed(code) {
      status.textContent = code === 410 ? texts.tooLate : texts.failed;
    },
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim()) send({ comment: text.value });
    else text.focus();
  });
  const question = grades(texts, (grade) => {
    if (grade === given) return;
    given = grade;
    if (stored.hidden) form.hidden = false;
    ways.hidden = false;
    send({ grade });
  });
  return h(
    'div',
    { class: 'panel', lang: context.language ?? '', dir: texts.dir },
    question,
    status,
    form,
    stored,
    ways,
  );
}
