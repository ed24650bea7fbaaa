import { type FormEvent, useState } from 'react';
import type { Reach, Role, User } from '#shared/contract/access.ts';
import { limitable, roles } from '#shared/contract/permissions.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { ApiProblem, patch, post } from '../api/client.ts';
import { type FormErrors, isEmail, problemWords } from '../session/check.ts';
import { Chooser } from './Chooser.tsx';
import { ReachFields } from './ReachFields.tsx';
import type { Told } from './UsersPage.tsx';
import { usePeopleWords } from './words.ts';

const personRoles = roles.filter((role) => role !== 'machine');
export const canBeLimited = (role: Role): boolean => (limitable as readonly Role[]).includes(role);

/** Invites somebody, or changes who is there. */
export function UserForm({
  user,
  onDone,
  onClose,
}: {
  user?: User;
  onDone: (told: Told) => void;
  onClose: () => void;
}) {
  const { w, t } = usePeopleWords();
  const [name, setName] = useState(user?.name ?? '');
  const [email, setEmail] = useState(user?.email ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'viewer');
  const [reach, setReach] = useState<Reach | null>(user?.reach ?? null);
  const [errors, setErrors] = useState<FormErrors>([]);
  const [busy, setBusy] = useState(false);
  const id = (field: string) => `${user?.id ?? 'new'}-${field}`;
  const errorOf = (field: string) => errors.find((error) => error.field === id(field))?.text;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found: FormErrors = [];
    if (name.trim() === '') found.push({ field: id('name'), text: t('form.name') });
    if (!user && !isEmail(email)) found.push({ field: id('email'), text: t('form.email') });
    setErrors(found);
    if (found.length > 0) return;
    setBusy(true);
    const fields = { name, role, reach: canBeLimited(role) ? reach : null };
    try {
      if (user) {
        await patch(`users/${user.id}`, fields);
        onDone({ words: w('saved') });
        return;
      }
      const made = await post<{ user: User; link: string | null }>('users', {
        ...fields,
        email: email.trim(),
      });
      onDone(
        made.link === null
          ? { words: w('users.mailed', { email: made.user.email }) }
          : { words: w('users.link', { name }), link: made.link },
      );
    } catch (error) {
      const taken = error instanceof ApiProblem && error.status === 409;
      setErrors([
        taken
          ? { field: id(user ? 'role' : 'email'), text: w(user ? 'users.last' : 'users.exists') }
          : { text: problemWords(error, t) },
      ]);
      setBusy(false);
    }
  }

  return (
    <form className="kp-people__form" onSubmit={submit} noValidate>
      <h2>{user ? w('users.edit.title', { name: user.name }) : w('users.invite')}</h2>
      {errors.length > 0 && <ErrorSummary title={t('form.errors')} errors={errors} />}
      <Field
        id={id('name')}
        label={w('name')}
        type="text"
        autoComplete="off"
        error={errorOf('name')}
        value={name}
        onChange={setName}
      />
      {!user && (
        <Field
          id={id('email')}
          label={w('email')}
          type="email"
          autoComplete="off"
          error={errorOf('email')}
          value={email}
          onChange={setEmail}
        />
      )}
      <Chooser
        id={id('role')}
        label={w('role')}
        {...(user?.signOn ? { description: w('users.signOn.role') } : {})}
        value={role}
        options={personRoles.map((one) => ({
          value: one as Role,
          text: `${w(`role.${one}`)}: ${w(`role.${one}.about`)}`,
        }))}
        onChange={setRole}
      />
      {canBeLimited(role) && (
        <details open={reach !== null}>
          <summary>
            {w('reach')}:{' '}
            {reach ? [...(reach.channels ?? []), ...(reach.locations ?? [])].join(', ') : w('reach.all')}
          </summary>
          <ReachFields reach={reach} onChange={setReach} />
        </details>
      )}
      <div className="kp-people__actions">
        <button type="submit" className="utrecht-button utrecht-button--primary-action" disabled={busy}>
          {user ? w('save') : w('users.invite.submit')}
        </button>
        <button type="button" className="kp-quiet" onClick={onClose}>
          {w('cancel')}
        </button>
      </div>
    </form>
  );
}
