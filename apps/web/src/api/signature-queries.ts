import { queryText, request } from '@crashkeep/ui';
import { queryOptions } from '@tanstack/react-query';
import type {
  Correlations,
  Facets,
  GroupActs,
  GroupNotes,
  Icicle,
  SignatureFacts,
  SignatureTrend,
  WhyThisGroup,
} from './wire.js';

/** All that is known of one signature, part by part: a slow part holds up no other. */
const part = <T>(groupId: string, name: string, asked: Readonly<Record<string, string | null>> = {}) =>
  queryOptions({
    queryKey: ['group', groupId, name, asked],
    queryFn: async ({ signal }) =>
      (await request(`/groups/${encodeURIComponent(groupId)}/${name}${queryText(asked)}`, { signal })) as T,
  });

export const signatureQuery = (groupId: string) => part<SignatureFacts>(groupId, 'signature');
export const signatureTrendQuery = (groupId: string, days: number) =>
  part<SignatureTrend>(groupId, 'trend', { days: String(days) });
export const signatureFacetsQuery = (groupId: string, days: number) =>
  part<Facets>(groupId, 'facets', { days: String(days), fields: 'version,os,os_version,cpu,channel,reason' });
export const correlationsQuery = (groupId: string) => part<Correlations>(groupId, 'correlations');
export const icicleQuery = (groupId: string) => part<Icicle>(groupId, 'icicle');
export const whyQuery = (groupId: string) => part<WhyThisGroup>(groupId, 'why');
export const groupActsQuery = (groupId: string) => part<GroupActs>(groupId, 'acts');
export const groupNotesQuery = (groupId: string) => part<GroupNotes>(groupId, 'notes');
