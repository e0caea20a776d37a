import { Badge, Card, Note, QueryFailed, SkeletonRows } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { leafProofQuery } from '../api/queries.js';
import { type CheckedInclusion, checkInclusion } from './check-inclusion.js';
import styles from './leaf-proof.module.css';

const short = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-4)}`;

/** One leaf's way to the root, recomputed here, in the browser, and drawn. */
export function LeafProofCard({ leaf, onClose }: { readonly leaf: string; readonly onClose: () => void }): ReactNode {
  const { data: proof, error, refetch } = useQuery(leafProofQuery(leaf));
  const { data: checked, error: unfit } = useQuery({
    queryKey: ['checked-inclusion', leaf],
    enabled: proof !== undefined,
    staleTime: Infinity,
    queryFn: () => (proof === undefined ? null : checkInclusion(proof)),
  });
  const place = useRef<HTMLDivElement>(null);
  // It is asked for from a line further down: who asked shall see it.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start' });
  }, [leaf, checked]);
  return (
    <Card title="Proof" end={<Button onClick={onClose}>Close</Button>}>
      <div className={styles['proof']} ref={place}>
        {error !== null && <QueryFailed what="The proof" error={error} onRetry={() => void refetch()} />}
        {proof === undefined && error === null && <SkeletonRows rows={6} rowHeight={28} />}
        {unfit !== null && (
          <Note tone="danger">This proof has not the form that such a leaf has. Verify the ledger offline.</Note>
        )}
        {proof !== undefined && checked != null && (
          <>
            <p className="row wrap">
              <Badge tone={checked.isSigned ? 'ok' : 'danger'}>
                {checked.isSigned ? 'in the ledger' : 'NOT what was signed'}
              </Badge>
              <span>
                Leaf {proof.index} of {proof.size}. This browser hashed it and its {checked.steps.length} siblings
                itself and{' '}
                {checked.isSigned
                  ? 'came to the root that the checkpoint says.'
                  : 'came to another root than the checkpoint says.'}
              </span>
            </p>
            <TreePath checked={checked} index={proof.index} />
            <details>
              <summary>The entry as it was hashed, and the checkpoint</summary>
              <pre className={styles['text']}>{proof.entry}</pre>
              <pre className={styles['text']}>{proof.checkpoint}</pre>
            </details>
            <p className="muted t12">
              The signature is for somebody else to check: export, then crashkeep audit verify with the key that you
              were given.
            </p>
          </>
        )}
      </div>
    </Card>
  );
}

const STEP = 44;
const WIDTH = 460;
const MIDDLE = WIDTH / 2;
const ARM = 160;

/** From the leaf below to the root above: the path bold, each sibling at the side on which it stands. */
function TreePath({ checked, index }: { readonly checked: CheckedInclusion; readonly index: number }): ReactNode {
  const { steps, leaf, root } = checked;
  const height = (steps.length + 1) * STEP + 24;
  const y = (level: number): number => height - 20 - level * STEP;
  return (
    <svg
      className={styles['tree']}
      viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
      role="img"
      aria-label={`Path of ${String(steps.length)} steps from leaf ${String(index)} to the root ${short(root)}`}
    >
      {steps.map(({ sibling, side, node }, level) => {
        const x = side === 'left' ? MIDDLE - ARM : MIDDLE + ARM;
        return (
          <g key={node}>
            <line className={styles['path']} x1={MIDDLE} y1={y(level)} x2={MIDDLE} y2={y(level + 1)} />
            <line className={styles['arm']} x1={x} y1={y(level)} x2={MIDDLE} y2={y(level + 1)} />
            <Node x={x} y={y(level)} text={short(sibling)} kind="sibling" />
          </g>
        );
      })}
      <Node x={MIDDLE} y={y(0)} text={`leaf ${String(index)}  ${short(leaf)}`} kind="leaf" />
      {steps.map(({ node }, level) => (
        <Node
          key={node}
          x={MIDDLE}
          y={y(level + 1)}
          text={short(node)}
          kind={level === steps.length - 1 ? 'root' : 'node'}
        />
      ))}
    </svg>
  );
}

function Node({
  x,
  y,
  text,
  kind,
}: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly kind: 'leaf' | 'node' | 'root' | 'sibling';
}): ReactNode {
  const width = text.length * 6.6 + 14;
  return (
    <g className={styles[kind]}>
      <rect x={x - width / 2} y={y - 11} width={width} height={22} rx={6} />
      <text x={x} y={y + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
