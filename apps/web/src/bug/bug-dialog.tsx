import { BugTracker, type LenientReport, bugDraft } from '@crashkeep/report';
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useProject } from '../shell/use-project.js';
import { keepTracker, keptTracker } from './kept-tracker.js';
import { NO_TRACKER, TRACKER_FIELDS, TRACKER_NAMES, trackerOf } from './tracker-fields.js';

interface BugDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly report: LenientReport;
  readonly link: string;
}

const KINDS = BugTracker.shape.kind.options;

/** Opens the tracker's own form, filled in; a person reads it there and sends it. Nothing sealed can be in it. */
export function BugDialog({ opened, onClose, report, link }: BugDialogProps): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Put it into a bug">
      <BugForm report={report} link={link} onDone={onClose} />
    </Modal>
  );
}

interface BugFormProps extends Pick<BugDialogProps, 'report' | 'link'> {
  readonly onDone: () => void;
}

function BugForm({ report, link, onDone }: BugFormProps): ReactNode {
  const { id: project } = useProject();
  const [typed, setTyped] = useState<BugTracker>(() => keptTracker(project) ?? NO_TRACKER);
  const tracker = BugTracker.safeParse(trackerOf(typed));
  return (
    <div className="stack">
      <p className="t13 soft">
        The form of your bug tracker opens with the trace and a link to this report. You read it there before you send
        it.
      </p>
      <NativeSelect
        label="Bug tracker"
        value={typed.kind}
        data={KINDS.map((value) => ({ value, label: TRACKER_NAMES[value] }))}
        onChange={(event) => {
          setTyped({ ...typed, kind: KINDS.find((kind) => kind === event.currentTarget.value) ?? 'github' });
        }}
      />
      {TRACKER_FIELDS[typed.kind].map(({ name, label, placeholder }) => (
        <TextInput
          key={name}
          label={label}
          placeholder={placeholder}
          maxLength={300}
          value={typed[name] ?? ''}
          onChange={(event) => {
            setTyped({ ...typed, [name]: event.currentTarget.value });
          }}
        />
      ))}
      <p className="t12 muted">This browser remembers it for the project.</p>
      {tracker.success ? (
        <Button
          component="a"
          variant="primary"
          href={bugDraft(report, tracker.data, link)}
          target="_blank"
          rel="noopener noreferrer"
          onClick={() => {
            keepTracker(project, tracker.data);
            onDone();
          }}
        >
          Open the form
        </Button>
      ) : (
        <Button variant="primary" disabled>
          Open the form
        </Button>
      )}
    </div>
  );
}
