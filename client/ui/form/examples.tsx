import type { Examples } from '../example.ts';
import { ErrorSummary } from './ErrorSummary.tsx';
import { Field, type FieldProps } from './Field.tsx';

const field = (id: string, more: Partial<FieldProps> = {}) => (
  <Field
    id={id}
    label="E-mailadres"
    type="email"
    autoComplete="email"
    value=""
    onChange={() => {}}
    {...more}
  />
);

export const examples: Examples = {
  empty: field('example-empty'),
  filled: field('example-filled', { value: 'balie@voorbeeld.nl' }),
  described: field('example-described', {
    label: 'Wachtwoord',
    type: 'password',
    description: 'Ten minste 12 tekens.',
  }),
  wrong: field('example-wrong', {
    error: 'Vul een e-mailadres in, zoals naam@gemeente.nl.',
    value: 'balie@',
  }),
  'what to put right': (
    <ErrorSummary
      focus={false}
      title="Verbeter dit eerst"
      errors={[
        { field: 'example-wrong', text: 'Vul een e-mailadres in.' },
        { text: 'E-mailadres of wachtwoord klopt niet.' },
      ]}
    />
  ),
  buttons: (
    <p>
      <button type="button" className="utrecht-button utrecht-button--primary-action">
        Inloggen
      </button>{' '}
      <button type="button" className="utrecht-button utrecht-button--secondary-action">
        Vul in
      </button>
    </p>
  ),
};
