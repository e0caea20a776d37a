import type { ReactNode } from 'react';
import classes from './hex-view.module.css';

/** Who looks, over what they look at: a photograph of the screen names its maker. */
export function Watermark({ text }: { readonly text: string }): ReactNode {
  const marks = Array.from({ length: 12 }, (_, at) => ({ x: (at % 3) * 300 + 40, y: Math.floor(at / 3) * 130 + 70 }));
  return (
    <div className={classes['watermark']} aria-hidden="true">
      <svg width="100%" height="600">
        {marks.map(({ x, y }) => (
          <text key={`${String(x)},${String(y)}`} x={x} y={y} transform={`rotate(-14 ${String(x)} ${String(y)})`}>
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}
