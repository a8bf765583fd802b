import { PasswordInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useSessionText } from './text';

/** As many as the centre asks for. */
export const shortestPassword = 12;

/** Two fields for a new password. */
export function NewPassword<F extends { password: string; repeat: string }>({ form }: { form: UseFormReturnType<F> }) {
  const say = useSessionText();
  return (
    <>
      <PasswordInput label={say('newPassword')} description={say('tooShort')} required autoComplete="new-password" {...form.getInputProps('password')} />
      <PasswordInput label={say('repeat')} required autoComplete="new-password" {...form.getInputProps('repeat')} />
    </>
  );
}

/** What is wrong with the two, for a form. */
export function useNewPasswordRules() {
  const say = useSessionText();
  return {
    password: (value: string) => (value.length < shortestPassword ? say('tooShort') : null),
    repeat: (value: string, values: { password: string }) => (value === values.password ? null : say('differs')),
  };
}
