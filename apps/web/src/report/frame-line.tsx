import type { LenientFrame, LenientInline } from '@crashkeep/report';
import { Badge, Breakable, TrustBars } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { shortHex, sourceOf } from './frame-name.js';
import { FunctionName } from './function-name.js';
import { isRuntimeFrame } from './runtime-frames.js';
import classes from './trace.module.css';

interface FrameLineProps {
  readonly frame: LenientFrame;
  /** Where it crashed. */
  readonly hot: boolean;
  readonly hasSymbols: boolean;
  /** Names with all their arguments. */
  readonly whole: boolean;
}

/** Number, function over file and line, module over offset, trust. Inlined functions stand above their frame, innermost first. */
export function FrameLine({ frame, hot, hasSymbols, whole }: FrameLineProps): ReactNode {
  const { index, module, module_index: inModule, module_offset: offset, trust, inlines } = frame;
  return (
    <>
      {inlines.map((inline, depth) => (
        <InlineLine key={`${String(index)}.${String(depth)}`} inline={inline} hot={hot} whole={whole} />
      ))}
      <li className={classes['frame']} data-hot={hot} data-runtime={isRuntimeFrame(frame)}>
        <span className={classes['index']}>{index}</span>
        <span className={classes['what']}>
          {frame.function === null ? (
            <Nameless frame={frame} hasSymbols={hasSymbols} />
          ) : (
            <FunctionName name={frame.function} whole={whole} />
          )}
          <Source source={sourceOf(frame)} />
        </span>
        <span className={`mono ${classes['where'] ?? ''}`}>
          {inModule !== null && <b>{module ?? 'name withheld'}</b>}
          {offset !== null && (
            <>
              <wbr />
              <span className={classes['offset']}>+{shortHex(offset)}</span>
            </>
          )}
        </span>
        <span className={classes['trust']}>
          <TrustBars trust={trust} />
        </span>
      </li>
    </>
  );
}

interface InlineLineProps {
  readonly inline: LenientInline;
  readonly hot: boolean;
  readonly whole: boolean;
}

function InlineLine({ inline, hot, whole }: InlineLineProps): ReactNode {
  return (
    <li className={classes['frame']} data-hot={hot} data-inline>
      <span />
      <span className={classes['what']}>
        <FunctionName name={inline.function ?? 'unnamed'} whole={whole} />{' '}
        <span className={classes['inlined']}>
          <Badge tone="plain">inlined</Badge>
        </span>
        <Source source={sourceOf(inline)} />
      </span>
    </li>
  );
}

/** What is said in a name's place. */
function Nameless({ frame, hasSymbols }: Pick<FrameLineProps, 'frame' | 'hasSymbols'>): ReactNode {
  if (frame.module_index === null) {
    const [gone] = frame.unloaded_modules;
    if (gone !== undefined) return <span className="muted">In {gone.module}, which was unloaded before</span>;
    return <span className="muted">Outside every module. No value is shown.</span>;
  }
  if (hasSymbols) return <span className="muted">No name at this place in its symbols</span>;
  return (
    <span className="muted">
      No symbols for this module{' '}
      <a className="t12" href="#modules">
        Upload them
      </a>
    </span>
  );
}

function Source({ source }: { readonly source: string | null }): ReactNode {
  if (source === null) return null;
  return (
    <span className={`mono ${classes['source'] ?? ''}`}>
      <Breakable text={source} />
    </span>
  );
}
