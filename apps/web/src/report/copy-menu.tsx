import type { LenientReport } from '@crashkeep/report';
import { Icon, type IconName, useCopied } from '@crashkeep/ui';
import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { BugDialog } from '../bug/bug-dialog.js';
import { reportMarkdown, reportText } from './report-text.js';

interface Form {
  readonly label: string;
  readonly icon: IconName;
  readonly write: (report: LenientReport, link: string) => string;
}

const FORMS: readonly Form[] = [
  { label: 'As Markdown', icon: 'hash', write: reportMarkdown },
  { label: 'As plain text', icon: 'text', write: reportText },
  { label: 'As JSON', icon: 'braces', write: (report) => JSON.stringify(report, null, 2) },
];

/** Copies the safe half into a bug. One press is Markdown; the others are in the menu. */
export function CopyMenu({ report }: { readonly report: LenientReport }): ReactNode {
  const [state, copy] = useCopied();
  const [asking, { open, close }] = useDisclosure(false);
  const link = `${globalThis.location.origin}/reports/${report.id}`;
  const said = { idle: 'Copy trace', copied: 'Copied', failed: 'Not copied' }[state];
  return (
    <span className="ck-group">
      <Button
        variant="primary"
        leftSection={<Icon name={state === 'copied' ? 'check' : 'copy'} />}
        onClick={() => {
          copy(reportMarkdown(report, link));
        }}
      >
        <span aria-live="polite">{said}</span>
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="primary" px={8} aria-label="Copy as Markdown, text or JSON">
            <Icon name="down" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Safe to paste: nothing sealed is in it</Menu.Label>
          {FORMS.map(({ label, icon, write }) => (
            <Menu.Item
              key={label}
              leftSection={<Icon name={icon} />}
              onClick={() => {
                copy(write(report, link));
              }}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="ticket" />} onClick={open}>
            Into a bug…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <BugDialog opened={asking} onClose={close} report={report} link={link} />
    </span>
  );
}
