import { Fragment, type ReactNode } from 'react';
import { splitBreaks } from './split-breaks.js';

/** A long name that may break after `::` and `/`, and is never cut. */
export function Breakable({ text }: { readonly text: string }): ReactNode {
  return splitBreaks(text).map((piece, index) => (
    // A piece has no identity but its place.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
