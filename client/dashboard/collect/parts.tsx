import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Notice } from '../../ui/states/Notice.tsx';
import { Skeleton } from '../../ui/states/Skeleton.tsx';
import { ApiProblem } from '../api/client.ts';
import { settingsChanged } from './queries.ts';
import { type CollectKey, type CollectWords, collectCatalogues, useCollectWords } from './words.ts';
import './collect.css';
import './fields.css';

/** What the server refused, in words; each mistake once. */
export function wordsOf(error: unknown, { w, t }: CollectWords): string[] {
  if (!(error instanceof ApiProblem) || error.status === 0) return [t('problem.network')];
  if (error.status === 409) return [w('wrong.conflict')];
  if (error.errors.length === 0) return [t('problem.server', { status: error.status })];
  const of = (code: string): string => {
    const key = `wrong.${code}`;
    return w((key in collectCatalogues.nl ? key : 'wrong.other') as CollectKey);
  };
  return [...new Set(error.errors.map(({ pointer, code }) => `${pointer.slice(1)}: ${of(code)}`))];
}

export interface LabelledProps {
  label: string;
  help?: string | undefined;
  children: (ids: { id: string; 'aria-describedby': string | undefined }) => ReactNode;
}

export function Labelled({ label, help, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="kp-field utrecht-form-field">
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      {help && (
        <div id={`${id}-help`} className="utrecht-form-field-description">
          {help}
        </div>
      )}
      {children({ id, 'aria-describedby': help ? `${id}-help` : undefined })}
    </div>
  );
}

export interface TextProps {
  label: string;
  help?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'number' | 'date' | 'url';
  dir?: 'auto';
  lang?: string;
}

export function Text({ label, help, value, onChange, ...rest }: TextProps) {
  return (
    <Labelled label={label} help={help}>
      {(ids) => (
        <input
          {...ids}
          {...rest}
          className="utrecht-textbox utrecht-textbox--html-input"
          autoComplete="off"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Labelled>
  );
}

export interface SelectProps {
  label: string;
  help?: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}

export function Select({ label, help, value, options, onChange }: SelectProps) {
  return (
    <Labelled label={label} help={help}>
      {(ids) => (
        <select
          {...ids}
          className="utrecht-textbox kp-collect__select"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          {options.map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function Check({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="kp-collect__check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
    </label>
  );
}

export interface SettingFormProps<Answer> {
  submit: () => Promise<Answer>;
  onDone?: (answer: Answer) => void;
  onCancel?: () => void;
  label?: string;
  /** What keeps it from being sent; shown when somebody tries. */
  mistakes?: readonly string[];
  disabled?: boolean;
  children: ReactNode;
}

/** A form of the administration: sends, tells what is wrong above it, and asks for the settings again. */
export function SettingForm<Answer>({
  submit,
  onDone,
  onCancel,
  label,
  mistakes = [],
  disabled,
  children,
}: SettingFormProps<Answer>) {
  const words = useCollectWords();
  const { w, t } = words;
  const [tried, setTried] = useState<readonly string[]>([]);
  const mutation = useMutation({
    mutationFn: submit,
    onSuccess: async (answer) => {
      await settingsChanged();
      onDone?.(answer);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(mistakes);
    if (mistakes.length === 0) mutation.mutate();
  };
  const wrong = tried.length > 0 ? tried : mutation.error ? wordsOf(mutation.error, words) : [];
  return (
    <form className="kp-collect__form" onSubmit={send} noValidate>
      {wrong.length > 0 && <ErrorSummary title={t('form.errors')} errors={wrong.map((text) => ({ text }))} />}
      {children}
      <div className="kp-collect__buttons">
        <button
          type="submit"
          className="utrecht-button utrecht-button--primary-action"
          disabled={disabled || mutation.isPending}
        >
          {mutation.isPending ? w('saving') : (label ?? w('save'))}
        </button>
        {onCancel && (
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={onCancel}
          >
            {w('cancel')}
          </button>
        )}
        <span role="status" className="kp-collect__saved">
          {mutation.isSuccess && !mutation.isPending && !onCancel && w('saved')}
        </span>
      </div>
    </form>
  );
}

/** Something that is not taken back with a second press. */
export function Sure({ label, words, act }: { label: string; words: string; act: () => Promise<unknown> }) {
  const { w } = useCollectWords();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button type="button" className="kp-quiet" onClick={() => setAsked(true)}>
        {label}
      </button>
    );
  return (
    <fieldset className="kp-collect__sure" aria-label={label}>
      <p>{words}</p>
      <SettingForm
        submit={act}
        onDone={() => setAsked(false)}
        onCancel={() => setAsked(false)}
        label={w('device.sure')}
      >
        {null}
      </SettingForm>
    </fieldset>
  );
}

/** What a page shows until its settings are there, or when they cannot be fetched. */
export function Waiting({
  queries,
}: {
  queries: readonly { isError: boolean; error: unknown; refetch: () => unknown }[];
}) {
  const words = useCollectWords();
  const { w } = words;
  const failed = queries.filter(({ isError }) => isError);
  if (failed.length === 0) return <Skeleton words={w('loading')} rows={3} />;
  return (
    <Notice
      heading="h1"
      tone="error"
      title={w('failed.title')}
      action={
        <button
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          onClick={() => failed.forEach(({ refetch }) => void refetch())}
        >
          {w('failed.retry')}
        </button>
      }
    >
      {wordsOf(failed[0]?.error, words).join(' ')}
    </Notice>
  );
}

/** A key for addresses out of a name. */
export const keyFrom = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
