import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** Long rather than odd: NIST SP 800-63B asks for a length and against rules of composition. */
export const PASSWORD_MIN = 12;

interface NewPasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function NewPasswordField({ value, onChange }: NewPasswordFieldProps): ReactNode {
  const short = value !== '' && value.length < PASSWORD_MIN;
  return (
    <PasswordInput
      label="New password"
      name="new-password"
      autoComplete="new-password"
      required
      withAsterisk={false}
      minLength={PASSWORD_MIN}
      description={`At least ${String(PASSWORD_MIN)} characters. Four or five words are good.`}
      error={short ? `${String(PASSWORD_MIN - value.length)} more to go` : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
