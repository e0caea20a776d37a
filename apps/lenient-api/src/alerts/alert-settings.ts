import { type AppLogger, optionalSecretSetting, optionalSetting, secretSetting, setting } from '@crashkeep/platform';
import type { LenientStore } from '@crashkeep/lenient-store';
import { AlertDesk } from './alert-desk.js';
import { AlertPost } from './alert-post.js';
import { openMailDoor } from './mail-door.js';
import { TargetSeal } from './target-seal.js';

/** Everything of alerts that handlers work with. */
export interface Alerts {
  readonly post: AlertPost;
  readonly seal: TargetSeal;
  readonly desk: AlertDesk;
}

/**
 * From settings: CRASHKEEP_ALERT_KEY_FILE; CRASHKEEP_SMTP_URL_FILE and CRASHKEEP_MAIL_FROM where mail is wanted;
 * CRASHKEEP_ALERT_PRIVATE_HOSTS=1 where hooks may lie inside the own network.
 */
export function openAlerts(store: LenientStore, origin: string, log: AppLogger): Alerts {
  const key = secretSetting('CRASHKEEP_ALERT_KEY');
  const seal = new TargetSeal(key);
  const smtp = optionalSecretSetting('CRASHKEEP_SMTP_URL');
  const mail = smtp === null ? null : openMailDoor(smtp, setting('CRASHKEEP_MAIL_FROM'));
  const privateHosts = optionalSetting('CRASHKEEP_ALERT_PRIVATE_HOSTS') === '1';
  const post = new AlertPost({ key, seal, mail, privateHosts, origin });
  return { post, seal, desk: new AlertDesk(store, post, log) };
}
