import { ChoiceList } from '@crashkeep/ui';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { NewAlertRule } from '../api/alert-acts.js';
import { CHANNEL_WORDS } from './alert-words.js';

type Rule = Omit<NewAlertRule, 'project'>;

interface NewRuleFormProps {
  readonly mail: boolean;
  readonly busy: boolean;
  readonly onMake: (rule: Rule) => void;
}

const USUAL: Rule = {
  name: '',
  channel: 'slack',
  target: '',
  on_new: true,
  on_regression: true,
  on_spike: true,
  spike_least: 20,
  spike_times: 3,
};

const CHANNELS = ['slack', 'email', 'webhook'] as const;

export function NewRuleForm({ mail, busy, onMake }: NewRuleFormProps): ReactNode {
  const [rule, setRule] = useState(USUAL);
  const change = (part: Partial<Rule>): void => {
    setRule({ ...rule, ...part });
  };
  const channels = CHANNELS.filter((channel) => channel !== 'email' || mail);
  const fires = rule.on_new || rule.on_regression || rule.on_spike;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onMake({ ...rule, name: rule.name.trim(), target: rule.target.trim() });
      }}
    >
      <ChoiceList
        legend="Tell it to"
        value={rule.channel}
        onChange={(channel) => {
          change({ channel });
        }}
        choices={channels.map((value) => ({ value, ...CHANNEL_WORDS[value] }))}
      />
      <TextInput
        label={rule.channel === 'email' ? 'Mail address' : 'Address of the hook'}
        type={rule.channel === 'email' ? 'email' : 'url'}
        description={rule.channel === 'email' ? undefined : 'It is kept sealed: nobody reads it here again.'}
        inputWrapperOrder={['label', 'input', 'description']}
        required
        withAsterisk={false}
        maxLength={500}
        value={rule.target}
        onChange={(event) => {
          change({ target: event.currentTarget.value });
        }}
      />
      <TextInput
        label="Name of the rule"
        required
        withAsterisk={false}
        maxLength={80}
        value={rule.name}
        onChange={(event) => {
          change({ name: event.currentTarget.value });
        }}
      />
      <Occasions rule={rule} onChange={change} />
      <Button type="submit" variant="primary" loading={busy} disabled={!fires}>
        Make the rule
      </Button>
    </form>
  );
}

interface OccasionsProps {
  readonly rule: Rule;
  readonly onChange: (part: Partial<Rule>) => void;
}

function Occasions({ rule, onChange }: OccasionsProps): ReactNode {
  return (
    <fieldset className="stack g2" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="ck-label">When a signature</legend>
      <Checkbox
        label="is new"
        checked={rule.on_new}
        onChange={(event) => {
          onChange({ on_new: event.currentTarget.checked });
        }}
      />
      <Checkbox
        label="comes back after it was marked as fixed"
        checked={rule.on_regression}
        onChange={(event) => {
          onChange({ on_regression: event.currentTarget.checked });
        }}
      />
      <Checkbox
        label="rises over the week before"
        checked={rule.on_spike}
        onChange={(event) => {
          onChange({ on_spike: event.currentTarget.checked });
        }}
      />
      {rule.on_spike && (
        <div className="row">
          <TextInput
            label="Times its daily mean"
            type="number"
            min={2}
            max={1000}
            value={rule.spike_times}
            onChange={(event) => {
              onChange({ spike_times: Number(event.currentTarget.value) });
            }}
          />
          <TextInput
            label="And at least, a day"
            type="number"
            min={2}
            max={1_000_000}
            value={rule.spike_least}
            onChange={(event) => {
              onChange({ spike_least: Number(event.currentTarget.value) });
            }}
          />
        </div>
      )}
    </fieldset>
  );
}
