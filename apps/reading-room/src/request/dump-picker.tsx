import { Card, CardBody } from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { readAsk } from '../app/search.js';

/** Where no link brought a dump: its id, as the console shows it. */
export function DumpPicker(): ReactNode {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { dump } = readAsk({ dump: text.trim().toLowerCase() });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (dump !== undefined) void navigate({ to: '/request', search: { dump } });
  };
  return (
    <Card title="Which dump">
      <CardBody>
        <form className="stack g3" onSubmit={submit}>
          <TextInput
            label="Id of the report"
            description="It stands on the report's page in the console, which also links here with everything filled in."
            inputWrapperOrder={['label', 'input', 'description']}
            classNames={{ input: 'mono' }}
            spellCheck={false}
            autoFocus
            maxLength={40}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <div>
            <Button type="submit" variant="primary" disabled={dump === undefined}>
              Go on
            </Button>
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
