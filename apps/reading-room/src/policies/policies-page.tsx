import { Card, CardBody, EmptyState, Icon, Note, PageHeader } from '@crashkeep/ui';
import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { proposePolicy, signStatements } from '../api/acts.js';
import type { PolicyRules, Project } from '../api/wire.js';
import { explain } from '../app/explain.js';
import { useMe, useProjects } from '../session/use-me.js';
import classes from './policies-page.module.css';

const MIB = 1024 * 1024;
const SCOPES = [
  ['annotations', 'Annotations'],
  ['registers', 'Registers'],
  ['stack', 'Stack'],
  ['memory', 'Memory ranges'],
  ['whole', 'Whole dump'],
] as const;

type ScopeName = (typeof SCOPES)[number][0];
type Rule = NonNullable<PolicyRules['scopes'][ScopeName]>;

const FIRST_RULE: Rule = { approvals: 1, minutesMax: 60, budgetMax: MIB, hardened: false };

/** How each project decides on raw memory. A change is a new policy: it holds when it is signed. */
export function PoliciesPage(): ReactNode {
  const projects = useProjects().filter(({ may }) => may.decide || may.manage);
  return (
    <div className="page">
      <title>Policies · Reading room</title>
      <PageHeader title="Policies" sub="Approvals, time, bytes and devices, by how wide a request is" />
      <Note tone="seal" icon="lock">
        A policy holds when root has signed it, or two persons: security, and security or an admin. What is open and
        does not fit the new one is revoked then.
      </Note>
      {projects.length === 0 && <EmptyState title="No project">You decide in no project.</EmptyState>}
      {projects.map((project) => (
        <ProjectPolicy key={`${project.id} ${project.policy.name}`} project={project} />
      ))}
    </div>
  );
}

function ProjectPolicy({ project }: { readonly project: Project }): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const [rules, setRules] = useState(project.policy.rules);
  const changed = JSON.stringify(rules) !== JSON.stringify(project.policy.rules);
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: async () => signStatements([await proposePolicy(project.id, rules, csrf)], csrf),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const setScope = (scope: ScopeName, rule: Rule | null): void => {
    const automatic = rules.automatic.filter((it) => rule !== null || it !== scope);
    setRules({ ...rules, automatic, scopes: { ...rules.scopes, [scope]: rule } });
  };
  return (
    <Card title={project.name} note={`Policy ${project.policy.name.slice(0, 13)}`}>
      <CardBody>
        <div className="stack g4">
          {SCOPES.map(([scope, name]) => (
            <ScopeRow
              key={scope}
              name={name}
              rule={rules.scopes[scope]}
              onChange={(rule) => {
                setScope(scope, rule);
              }}
            />
          ))}
          <Glass
            glass={rules.breakGlass}
            onChange={(breakGlass) => {
              setRules({ ...rules, breakGlass });
            }}
          />
          <Checkbox
            label="A stack opens by the policy alone where a complete screen found nothing in the dump"
            checked={rules.automatic.includes('stack')}
            onChange={(event) => {
              const automatic = event.currentTarget.checked ? [...rules.automatic, 'stack' as const] : [];
              setRules({ ...rules, automatic });
            }}
          />
          {error !== null && (
            <Note tone="danger" role="alert">
              {explain(error)}
            </Note>
          )}
          {isSuccess && !changed && (
            <Note tone="ok">Signed by you. If it needs another, it waits on the page Signatures.</Note>
          )}
          <div>
            <Button
              variant="primary"
              disabled={!changed}
              loading={isPending}
              leftSection={<Icon name="passkey" />}
              onClick={() => {
                mutate();
              }}
            >
              Sign the new policy
            </Button>
          </div>
        </div>
      </CardBody>
    </Card>
  );
}

interface ScopeRowProps {
  readonly name: string;
  readonly rule: Rule | null;
  readonly onChange: (rule: Rule | null) => void;
}

function ScopeRow({ name, rule, onChange }: ScopeRowProps): ReactNode {
  return (
    <fieldset className={classes['row']}>
      <legend>{name}</legend>
      <Checkbox
        label="May be asked for"
        checked={rule !== null}
        onChange={(event) => {
          onChange(event.currentTarget.checked ? FIRST_RULE : null);
        }}
      />
      {rule !== null && (
        <>
          <Amount
            label="Approvals"
            value={rule.approvals}
            max={5}
            onChange={(approvals) => {
              onChange({ ...rule, approvals });
            }}
          />
          <Amount
            label="Minutes at most"
            value={rule.minutesMax}
            max={1440}
            onChange={(minutesMax) => {
              onChange({ ...rule, minutesMax });
            }}
          />
          <Amount
            label="MiB at most"
            value={rule.budgetMax / MIB}
            max={1_048_576}
            onChange={(mib) => {
              onChange({ ...rule, budgetMax: mib * MIB });
            }}
          />
          <Checkbox
            label="Hardened devices only"
            checked={rule.hardened}
            onChange={(event) => {
              onChange({ ...rule, hardened: event.currentTarget.checked });
            }}
          />
        </>
      )}
    </fieldset>
  );
}

type GlassRule = PolicyRules['breakGlass'];

function Glass({
  glass,
  onChange,
}: {
  readonly glass: GlassRule;
  readonly onChange: (glass: GlassRule) => void;
}): ReactNode {
  return (
    <fieldset className={classes['row']}>
      <legend>Break-glass</legend>
      <Checkbox
        label="Reading before approval, looked at within 24 hours"
        checked={glass !== null}
        onChange={(event) => {
          onChange(event.currentTarget.checked ? { minutesMax: 30, budgetMax: MIB, reviews: 1 } : null);
        }}
      />
      {glass !== null && (
        <>
          <Amount
            label="Persons who look"
            value={glass.reviews}
            max={2}
            onChange={(reviews) => {
              onChange({ ...glass, reviews });
            }}
          />
          <Amount
            label="Minutes at most"
            value={glass.minutesMax}
            max={1440}
            onChange={(minutesMax) => {
              onChange({ ...glass, minutesMax });
            }}
          />
        </>
      )}
    </fieldset>
  );
}

interface AmountProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function Amount({ label, value, max, onChange }: AmountProps): ReactNode {
  return (
    <NumberInput
      label={label}
      value={value}
      min={1}
      max={max}
      allowDecimal={false}
      clampBehavior="strict"
      onChange={(next) => {
        if (typeof next === 'number' && next >= 1) onChange(next);
      }}
    />
  );
}
