import type { ResponseRate } from '#shared/contract/invitations.ts';
import type { Outgoing } from '#shared/contract/outgoing.ts';
import { locales } from '../messages/messages.ts';
import { TableFrame } from '../now/TableFrame.tsx';
import { type OutgoingKey, useOutgoingWords } from './words.ts';

/** `always`: since the beginning, or of some days only. */
export function Rates({ rates, always }: { rates: readonly ResponseRate[]; always: boolean }) {
  const { w, language } = useOutgoingWords();
  const percent = new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 0 });
  if (rates.length === 0) return <p>{w(always ? 'rates.none' : 'rates.noneThen')}</p>;
  return (
    <TableFrame caption={w('rates.caption')}>
      <thead>
        <tr>
          <th scope="col">{w('product')}</th>
          <th scope="col">{w('moment')}</th>
          <th scope="col" className="kp-out__number">
            {w('invited')}
          </th>
          <th scope="col" className="kp-out__number">
            {w('reached')}
          </th>
          <th scope="col" className="kp-out__number">
            {w('answered')}
          </th>
          <th scope="col" className="kp-out__number">
            {w('rate')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.map((one) => (
          <tr key={`${one.product} ${one.moment}`}>
            <th scope="row">{one.label || w('product.none')}</th>
            <td>{w(`moment.${one.moment}`)}</td>
            <td className="kp-out__number">{one.invited}</td>
            <td className="kp-out__number">{one.reached}</td>
            <td className="kp-out__number">{one.answered}</td>
            <td className="kp-out__number">{one.rate === null ? w('unknown') : percent.format(one.rate)}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

export function Messages({ outgoing }: { outgoing: Outgoing }) {
  const { w, date, time } = useOutgoingWords();
  if (outgoing.recent.length === 0) return <p>{w('mail.none')}</p>;
  const known = (kind: string) => (kind === 'invitation' || kind === 'reminder' ? w(`kind.${kind}`) : kind);
  const when = (at: string) => `${date(Date.parse(at))}, ${time(Date.parse(at))}`;
  return (
    <>
      <ul className="kp-out__counts">
        {Object.entries(outgoing.mail)
          .filter(([, count]) => count > 0)
          .map(([state, count]) => (
            <li key={state}>
              <b>{count}</b> {w(`state.${state}` as OutgoingKey)}
            </li>
          ))}
      </ul>
      <TableFrame caption={w('mail.caption')}>
        <thead>
          <tr>
            <th scope="col">{w('what')}</th>
            <th scope="col">{w('state')}</th>
            <th scope="col">{w('when')}</th>
            <th scope="col" className="kp-out__number">
              {w('attempts')}
            </th>
            <th scope="col">{w('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {outgoing.recent.map((one) => (
            <tr key={one.id}>
              <td>{known(one.kind)}</td>
              <td>{w(`state.${one.state}` as OutgoingKey)}</td>
              <td>{when(one.changedAt)}</td>
              <td className="kp-out__number">{one.attempts}</td>
              <td>{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </>
  );
}
