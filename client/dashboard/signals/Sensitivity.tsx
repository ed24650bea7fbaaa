import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { FigureSettings } from '#shared/contract/settings.ts';
import { Field } from '../../ui/form/Field.tsx';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { put } from '../api/client.ts';
import { figureSettingsQuery, queryClient } from '../api/queries.ts';
import { useSignalWords } from './words.ts';

/** How often a signal may be raised by chance alone. */
export function Sensitivity() {
  const { data } = useQuery(figureSettingsQuery);
  return data ? <SensitivityForm settings={data} /> : null;
}

function SensitivityForm({ settings }: { settings: FigureSettings }) {
  const { w, mark } = useSignalWords();
  const id = useId();
  const [perYear, setPerYear] = useState(mark(settings.falseAlarmsPerYear));
  const [wrong, setWrong] = useState<string>();
  const { mutate, isPending, isSuccess } = useMutation({
    mutationFn: (changed: FigureSettings) => put<FigureSettings>('figure-settings', changed),
    onSuccess: (changed) => queryClient.setQueryData(figureSettingsQuery.queryKey, changed),
    onError: () => setWrong(w('change.failed')),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const value = Number(perYear.replace(',', '.'));
    const known = value >= 0.1 && value <= 50;
    setWrong(known ? undefined : w('sensitivity.wrong'));
    if (known) mutate({ ...settings, falseAlarmsPerYear: value });
  }

  return (
    <section className="kp-signals__sensitivity kp-screen" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w('sensitivity.title')}</h2>
      <form onSubmit={submit} noValidate>
        <Field
          id={id}
          label={w('sensitivity.label')}
          description={w('sensitivity.help')}
          type="text"
          autoComplete="off"
          error={wrong}
          value={perYear}
          onChange={setPerYear}
        />
        <FormButtons
          quiet
          submit={w('sensitivity.save')}
          busy={isPending}
          said={isSuccess && !wrong ? w('sensitivity.saved') : ''}
        />
      </form>
    </section>
  );
}
