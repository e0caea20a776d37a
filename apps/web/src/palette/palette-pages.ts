import type { IconName } from '@crashkeep/ui';
import type { LinkProps } from '@tanstack/react-router';

interface PalettePage {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly label: string;
  /** What a person may type who does not know the page's name. */
  readonly says: string;
}

export const PALETTE_PAGES: readonly PalettePage[] = [
  { to: '/', icon: 'list', label: 'Top crashers', says: 'Signatures by count' },
  { to: '/reports', icon: 'inbox', label: 'Reports', says: 'Every dump, newest first' },
  { to: '/compare', icon: 'half', label: 'Compare two reports', says: 'Facts, stacks and modules side by side' },
  { to: '/alerts', icon: 'alert', label: 'Alerts', says: 'Who is told of new and rising crashes' },
  { to: '/send', icon: 'send', label: 'Send crashes', says: 'Snippets and a token for your crash handler' },
  {
    to: '/dictionary',
    icon: 'book',
    label: 'Data dictionary',
    says: 'Each field, where it comes from, why it is safe',
  },
  { to: '/tokens', icon: 'key', label: 'Tokens', says: 'What machines may do' },
  { to: '/people', icon: 'people', label: 'People', says: 'Members, roles and invitations' },
];
