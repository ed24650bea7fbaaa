import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Account } from '#shared/contract/access.ts';
import type { Explanation } from '#shared/contract/explanation.ts';
import { dayOf, dayOfDate } from '#shared/core/calendar.ts';
import { useChoices } from '../filters/choices.ts';
import { Glossary } from '../glossary/Glossary.tsx';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { narrowingOf } from '../search.ts';
import { Refused, Remedy, TryAlso, Waiting } from './absent.tsx';
import { Fall } from './Fall.tsx';
import { Method } from './Method.tsx';
import { explanationQuery } from './queries.ts';
import { type Question, questionOf } from './question.ts';
import { Seen } from './Seen.tsx';
import { SegmentTable } from './SegmentTable.tsx';
import { TakeOver } from './TakeOver.tsx';
import { Terms } from './Terms.tsx';
import { Themes } from './Themes.tsx';
import { isFew, Verdict } from './Verdict.tsx';
import { WhyFilters } from './WhyFilters.tsx';
import { useWhyWords } from './words.ts';
import '../now/now.css';
import './why.css';
import './segments.css';

function Answer({
  account,
  explanation,
  question,
  fresh,
}: {
  account: Account;
  explanation: Explanation;
  question: Question;
  fresh: string | undefined;
}) {
  const { chosen } = useChoices();
  const compared = explanation.verdict !== 'not-comparable';
  return (
    <>
      <Verdict
        explanation={explanation}
        question={question}
        about={chosen.length > 0 ? chosen.join(' · ') : null}
        fresh={fresh}
      />
      {!compared && <Remedy explanation={explanation} />}
      {!isFew(explanation) && <TakeOver account={account} explanation={explanation} question={question} />}
      <Seen explanation={explanation} />
      <Fall explanation={explanation} />
      <div className="kp-why__grid">
        {compared && (
          <div>
            {explanation.dimensions.map(({ key }) => (
              <SegmentTable key={key} explanation={explanation} dimension={key} period={question.current} />
            ))}
          </div>
        )}
        <div>
          <Terms account={account} terms={explanation.terms} current={question.current} />
          <TryAlso explanation={explanation} question={question} />
        </div>
      </div>
      {compared && <Themes question={question} />}
      {compared && <Method explanation={explanation} />}
      <Glossary of={['proven', 'margin', 'mix', 'within', 'theme', 'break']} />
    </>
  );
}

/** Why a grade changed between two periods, or that it cannot be told. */
export default function WhyPage({ account }: { account: Account }) {
  const { w, t, date, time, said } = useWhyWords();
  const search = useSearch({ from: '__root__' });
  const today = dayOf(Date.now());
  const question = questionOf(search, today);
  const query = useQuery({
    ...explanationQuery(question, narrowingOf(search)),
    placeholderData: keepPreviousData,
  });
  const { data, error, isPlaceholderData, dataUpdatedAt } = query;
  const explanation = question.wrong.length === 0 && !error ? data : undefined;
  const running = dayOfDate(question.current.to) >= today;
  useTitle(explanation ? w(`verdict.${isFew(explanation) ? 'few' : explanation.verdict}`) : null, w('title'));

  return (
    <Page account={account}>
      <WhyFilters question={question} today={today} />
      <p role="status" className="kp-hidden">
        {explanation && !isPlaceholderData ? said(explanation)[0] : ''}
      </p>
      {error && question.wrong.length === 0 && <Refused error={error} onRetry={() => query.refetch()} />}
      {question.wrong.length > 0 && <h1 className="kp-hidden">{w('title')}</h1>}
      {!explanation && !error && question.wrong.length === 0 && <Waiting />}
      {explanation && (
        <div className={isPlaceholderData ? 'kp-now--old' : undefined} aria-busy={isPlaceholderData}>
          <Answer
            account={account}
            explanation={explanation}
            question={question}
            fresh={running ? w('fresh', { time: time(dataUpdatedAt) }) : undefined}
          />
          <p className="kp-print kp-why__made">
            {t('print.made', { time: `${date(Date.now())}, ${time(Date.now())}` })}
          </p>
        </div>
      )}
    </Page>
  );
}
