/** As much of an address as colleagues may see: a hook's path and query are its password. */
export function shownTarget(channel: 'webhook' | 'email' | 'slack', target: string): string {
  return channel === 'email' ? target : `${new URL(target).origin}/…`;
}
