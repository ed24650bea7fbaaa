import { limits } from '#shared/contract/limits.ts';
import { fill } from '#shared/messages/fill.ts';
import { type Content, delivery } from './delivery.ts';
import { h } from './dom.ts';
import type { Asked } from './form.ts';
import { followUp } from './questions.ts';
import { scale, wordOf } from './scale.ts';

interface Surroundings {
  ratings: string;
  context: Record<string, unknown>;
  link(name: string): string | null;
  rated(content: Content): void;
}

/** The question, and after an answer the thanks with room for more. */
export function panel(asked: Asked, { ratings, context, link, rated }: Surroundings): HTMLElement {
  const { texts } = asked;
  const smileys = asked.scale === 'smiley';
  const status = h('p', { role: 'status', tabindex: '-1' });
  const more = followUp(asked.questions, texts);
  const text = h('textarea', {
    id: 'comment',
    rows: '3',
    maxlength: `${limits.commentLength}`,
    dir: 'auto',
    'aria-describedby': 'note',
  });
  const form = h(
    'form',
    { hidden: true, autocomplete: 'off' },
    ...more.elements,
    h('div', {}, h('label', { for: 'comment' }, asked.commentLabel), text),
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

  // Nobody sees this field. What fills it in is no person: it goes without its token, under stricter limits.
  const trap = h('input', {
    name: 'website',
    class: 'trap',
    tabindex: '-1',
    autocomplete: 'off',
    'aria-hidden': 'true',
  });
  trap.addEventListener('input', () => {
    context.formToken = undefined;
  });
  let given = 0;
  let done = false;
  const send = delivery(ratings, context, {
    sent(content, comment) {
      const choice = smileys
        ? fill(texts.chosen, { word: wordOf(texts, given) })
        : fill(texts.given, { grade: given });
      if (content.grade || content.smiley) rated(content);
      done ||= !(content.grade || content.smiley);
      status.textContent = `${texts.thanks} ${choice} ${done ? '' : texts.change}`;
      if (!done) return;
      form.hidden = true;
      kept.textContent = comment ?? '';
      stored.hidden = !comment;
      status.focus();
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
    const answers = more.answers(form);
    const comment = text.value.trim();
    if (answers || comment) send({ ...(answers && { answers }), ...(comment && { comment }) });
    else text.focus();
  });
  const question = scale(asked, (value) => {
    if (value === given) return;
    given = value;
    more.show(smileys ? 1 + (value - 1) * 2.25 : value);
    form.hidden = done;
    ways.hidden = false;
    send(smileys ? { smiley: value } : { grade: value });
  });
  return h(
    'div',
    { class: 'panel', lang: asked.language, dir: texts.dir },
    question,
    trap,
    status,
    form,
    stored,
    ways,
  );
}
