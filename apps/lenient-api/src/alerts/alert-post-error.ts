/** The message is the code; what the other side said is never quoted. */
export type AlertPostErrorCode =
  | 'alerts.mail-off'
  | 'alerts.mail-refused'
  | 'alerts.address-refused'
  | 'alerts.unreachable'
  | 'alerts.refused'
  | 'alerts.target-unreadable';

export class AlertPostError extends Error {
  override readonly name = 'AlertPostError';
  constructor(readonly code: AlertPostErrorCode) {
    super(code);
  }
}
