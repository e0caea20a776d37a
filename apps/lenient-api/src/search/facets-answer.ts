import type { Facets } from '@crashkeep/lenient-store';
import type { z } from 'zod';
import type { FacetsAnswer } from './search-wire.js';

export const facetsAnswer = ({ total, facets, days }: Facets): z.input<typeof FacetsAnswer> => ({
  total: { count: total.count, complete: total.complete },
  facets: facets.map((it) => ({ ...it, values: [...it.values] })),
  days: [...days],
});
