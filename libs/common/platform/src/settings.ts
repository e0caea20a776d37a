import { readFileSync } from 'node:fs';

/** A setting that is missing or wrong. The text names the setting, never its value. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** The value of a setting, from the environment. */
export function setting(name: string, options: { readonly default?: string } = {}): string {
  const value = process.env[name] ?? options.default;
  if (value === undefined || value === '')
    throw new SettingError(`${name} is not set. See docs/operating.md for what it means.`);
  return value;
}

/** A setting that may be left out. */
export function optionalSetting(name: string): string | null {
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
}

export function integerSetting(
  name: string,
  bounds: { readonly default: number; readonly min: number; readonly max: number },
): number {
  const value = Number(process.env[name] ?? bounds.default);
  if (!Number.isSafeInteger(value) || value < bounds.min || value > bounds.max) {
    throw new SettingError(`${name} must be a whole number from ${String(bounds.min)} to ${String(bounds.max)}.`);
  }
  return value;
}

/** A secret stands in the file that `<name>_FILE` names: what is in the environment, `process.report` would print. */
export function secretSetting(name: string): string {
  const file = setting(`${name}_FILE`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new SettingError(`The file that ${name}_FILE names cannot be read.`);
  }
}

/** A secret that may be left out. */
export function optionalSecretSetting(name: string): string | null {
  return optionalSetting(`${name}_FILE`) === null ? null : secretSetting(name);
}
