import { optionalSetting, SettingError } from '@crashkeep/platform';
import { WitnessClient } from './publish/witness-client.js';

/** CRASHKEEP_SEQUENCER_WITNESSES: `URL KEY`, more of them after commas. */
export function witnessesFrom(text: string | null): WitnessClient[] {
  const named = (text ?? '').split(',').filter((one) => one.trim() !== '');
  try {
    return named.map((one) => new WitnessClient(one));
  } catch {
    throw new SettingError('CRASHKEEP_SEQUENCER_WITNESSES must be "URL KEY", more of them after commas.');
  }
}

/** CRASHKEEP_SEQUENCER_KEPT_DAYS: null where it is not set, which is for ever. */
export function keptDays(): number | null {
  const text = optionalSetting('CRASHKEEP_SEQUENCER_KEPT_DAYS');
  if (text === null) return null;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new SettingError('CRASHKEEP_SEQUENCER_KEPT_DAYS must be a number of days.');
  return Number(text);
}
