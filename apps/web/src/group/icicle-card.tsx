import { Card, CardBody, QueryFailed, SkeletonLines, formatCount, formatCounted, splitFunction } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { icicleQuery } from '../api/signature-queries.js';
import type { Icicle } from '../api/wire.js';
import classes from './group-cards.module.css';
import { type IcicleBox, icicleBoxes } from './icicle-layout.js';

const ROW_PX = 20;
const ROWS_MAX = 24;
const CHAR_PX = 6.7;
const LEAST_PX = 3;

/** All crashing stacks of the signature laid over each other: where ways part is what tells causes apart. */
export function IcicleCard({ groupId }: { readonly groupId: string }): ReactNode {
  const query = useQuery(icicleQuery(groupId));
  const [zoom, setZoom] = useState<number | null>(null);
  const { data } = query;
  return (
    <Card
      title="How it got there"
      note={
        data === undefined ? undefined : `${formatCounted(data.counted, 'stack')}${data.complete ? '' : ', the newest'}`
      }
      end={
        zoom === null ? undefined : (
          <Button
            size="xs"
            onClick={() => {
              setZoom(null);
            }}
          >
            Show all
          </Button>
        )
      }
    >
      <CardBody>
        {query.isPending && <SkeletonLines lines={6} />}
        {query.isError && <QueryFailed what="The picture" error={query.error} onRetry={() => void query.refetch()} />}
        {data !== undefined && data.nodes.length === 0 && (
          <p className="t13 soft">None of its reports has a stack that could be walked.</p>
        )}
        {data !== undefined && data.nodes.length > 0 && <Picture icicle={data} zoom={zoom} onZoom={setZoom} />}
      </CardBody>
    </Card>
  );
}

interface PictureProps {
  readonly icicle: Icicle;
  readonly zoom: number | null;
  readonly onZoom: (node: number) => void;
}

function Picture({ icicle, zoom, onZoom }: PictureProps): ReactNode {
  const { ref, width } = useElementSize();
  const boxes = width === 0 ? [] : icicleBoxes(icicle, zoom, LEAST_PX / width).filter(({ depth }) => depth < ROWS_MAX);
  const rows = Math.max(1, ...boxes.map(({ depth }) => depth + 1));
  return (
    <div ref={ref}>
      <p className="t12 muted">The place of the crash is on top, its callers below. Choose a call to look closer.</p>
      <svg className={classes['icicle']} width={width} height={rows * ROW_PX} role="group" aria-label="Crashing stacks">
        {boxes.map((box) => (
          <Box key={box.node} box={box} width={width} counted={icicle.counted} onZoom={onZoom} />
        ))}
      </svg>
    </div>
  );
}

interface BoxProps {
  readonly box: IcicleBox;
  readonly width: number;
  readonly counted: number;
  readonly onZoom: (node: number) => void;
}

function Box({ box, width, counted, onZoom }: BoxProps): ReactNode {
  const [x, wide] = [box.x * width, box.width * width];
  const said = `${box.text}: ${formatCount(box.count)} of ${formatCount(counted)}`;
  const choose = (): void => {
    onZoom(box.node);
  };
  return (
    <g
      data-depth={box.depth}
      tabIndex={0}
      role="button"
      aria-label={said}
      transform={`translate(${String(x)} ${String(box.depth * ROW_PX)})`}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === 'Enter') choose();
      }}
    >
      <title>{said}</title>
      <rect width={wide} height={ROW_PX - 1} />
      <text x={5} y={14}>
        {shortened(box.text, Math.floor((wide - 10) / CHAR_PX))}
      </text>
    </g>
  );
}

/** The last name, as much of it as fits; nothing where not even four letters do. */
function shortened(text: string, letters: number): string {
  const { name } = splitFunction(text);
  if (letters < 4) return '';
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}
