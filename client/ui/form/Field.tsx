import type { HTMLInputAutoCompleteAttribute } from 'react';
import './form.css';

export interface FieldProps {
  id: string;
  label: string;
  type: 'text' | 'email' | 'password';
  autoComplete: HTMLInputAutoCompleteAttribute;
  description?: string;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

export function Field({ id, label, type, autoComplete, description, error, value, onChange }: FieldProps) {
  const about = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={`kp-field utrecht-form-field${error ? ' utrecht-form-field--invalid' : ''}`}>
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      {description && (
        <div id={`${id}-description`} className="utrecht-form-field-description">
          {description}
        </div>
      )}
      {error && (
        <div id={`${id}-error`} className="utrecht-form-field-error-message">
          {error}
        </div>
      )}
      <input
        id={id}
        name={id}
        type={type}
        autoComplete={autoComplete}
        className="utrecht-textbox utrecht-textbox--html-input"
        aria-invalid={error ? true : undefined}
        aria-describedby={about || undefined}
        aria-required="true"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
