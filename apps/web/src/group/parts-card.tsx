import { Card, CardBody, formatCounted, splitSignature } from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { mergeGroup, undoMerge } from '../api/acts.js';
import type { SignatureFacts } from '../api/wire.js';
import { isEngineer, useMe } from '../session/use-me.js';
import classes from './group-cards.module.css';
import { idOfGroup } from './id-of-group.js';
import { useGroupAct } from './use-group-act.js';

/** Signatures that people said are the same crash. Nothing is lost: taking it back leaves each as it was. */
export function PartsCard({ group }: { readonly group: SignatureFacts }): ReactNode {
  const mayAct = isEngineer(useMe(), group.project);
  const [typed, setTyped] = useState('');
  const merge = useGroupAct(group.id, (part: string, csrf) => mergeGroup(group.id, part, csrf));
  const undo = useGroupAct(group.id, (part: string, csrf) => undoMerge(group.id, part, csrf));
  const part = idOfGroup(typed);
  if (group.parts.length === 0 && !mayAct && group.merged_into === null) return null;
  return (
    <Card
      title="The same crash"
      note={group.parts.length === 0 ? undefined : formatCounted(group.parts.length, 'signature')}
    >
      <CardBody>
        <div className="stack g3">
          {group.merged_into !== null && (
            <p className="t13">
              Shown as a part of{' '}
              <Link className={classes['inText']} to="/groups/$groupId" params={{ groupId: group.merged_into }}>
                another signature
              </Link>
              .
            </p>
          )}
          {group.parts.map(({ id, signature, count }) => (
            <div className="row" key={id}>
              <span className="grow t13">
                <span className="mono">{splitSignature(signature).name}</span>{' '}
                <span className="muted">{formatCounted(count, 'report')}</span>
              </span>
              {mayAct && (
                <Button
                  size="xs"
                  loading={undo.isPending}
                  onClick={() => {
                    undo.mutate(id);
                  }}
                >
                  Take back
                </Button>
              )}
            </div>
          ))}
          {mayAct && (
            <form
              className="stack g2"
              onSubmit={(event) => {
                event.preventDefault();
                if (part !== undefined)
                  merge.mutate(part, {
                    onSuccess: () => {
                      setTyped('');
                    },
                  });
              }}
            >
              <TextInput
                label="Merge another signature into this one"
                placeholder="The address of its page"
                value={typed}
                error={merge.isError ? 'That signature cannot be a part of this one.' : undefined}
                onChange={(event) => {
                  setTyped(event.currentTarget.value);
                }}
              />
              <Button
                type="submit"
                size="xs"
                loading={merge.isPending}
                disabled={part === undefined || part === group.id}
              >
                Merge
              </Button>
            </form>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
