import { type ReactNode, useId } from 'react';
import classes from './choice-list.module.css';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly hint: string;
}

interface ChoiceListProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with what it means. The narrow choice comes first. */
export function ChoiceList<Value extends string>({
  legend,
  choices,
  value,
  onChange,
}: ChoiceListProps<Value>): ReactNode {
  const group = useId();
  return (
    <fieldset className={classes['list']}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} data-chosen={choice.value === value}>
          <input
            type="radio"
            name={group}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => {
              onChange(choice.value);
            }}
          />
          <span>
            <b>{choice.name}</b>
            <span>{choice.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
