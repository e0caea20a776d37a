import type { BugTracker } from '@crashkeep/report';

export type TrackerField = Exclude<keyof BugTracker, 'kind'>;

interface FieldWords {
  readonly name: TrackerField;
  readonly label: string;
  readonly placeholder: string;
}

const BASE = (placeholder: string): FieldWords => ({ name: 'base', label: 'Address of the project', placeholder });

/** What a tracker must be told to open its own form filled in. */
export const TRACKER_FIELDS: Readonly<Record<BugTracker['kind'], readonly FieldWords[]>> = {
  github: [BASE('https://github.com/team/app')],
  gitlab: [BASE('https://gitlab.com/team/app')],
  jira: [
    BASE('https://jira.example.org'),
    { name: 'project_id', label: 'Number of the project', placeholder: '10000' },
    { name: 'issue_type', label: 'Number of the type of issue', placeholder: '1' },
  ],
  bugzilla: [
    BASE('https://bugzilla.example.org'),
    { name: 'product', label: 'Product', placeholder: 'App' },
    { name: 'component', label: 'Component', placeholder: 'Core' },
  ],
};

export const TRACKER_NAMES: Readonly<Record<BugTracker['kind'], string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  jira: 'Jira',
  bugzilla: 'Bugzilla',
};

export const NO_TRACKER: BugTracker = {
  kind: 'github',
  base: '',
  project_id: null,
  issue_type: null,
  product: null,
  component: null,
};

/** Only what the kind asks for, empty as null: what was typed for another kind is left out. */
export function trackerOf(typed: BugTracker): BugTracker {
  const wanted = new Set(TRACKER_FIELDS[typed.kind].map(({ name }) => name));
  const fitting = (name: Exclude<TrackerField, 'base'>): string | null => {
    const text = typed[name]?.trim() ?? '';
    return wanted.has(name) && text !== '' ? text : null;
  };
  return {
    kind: typed.kind,
    base: typed.base.trim(),
    project_id: fitting('project_id'),
    issue_type: fitting('issue_type'),
    product: fitting('product'),
    component: fitting('component'),
  };
}
