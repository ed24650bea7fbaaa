import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { may } from '#shared/contract/permissions.ts';
import { sessionQuery } from '../api/queries.ts';
import { useWords } from '../messages/words.tsx';
import { figureSearch, type Search } from '../search.ts';

/** From a figure to what people wrote under it: the same filters, narrowed further; only for who may read comments. */
export function CommentsLink({ under, about }: { under: Partial<Search>; about: string }) {
  const { t } = useWords();
  const search = useSearch({ from: '__root__' });
  const account = useQuery(sessionQuery).data?.account;
  if (!account || !may(account.role, 'comments')) return null;
  return (
    <Link
      to="/reacties"
      search={{ ...figureSearch(search), ...under }}
      className="kp-why-link kp-comments-link kp-screen"
    >
      {t('figure.comments')}
      <span className="kp-hidden"> {about}</span>
    </Link>
  );
}
