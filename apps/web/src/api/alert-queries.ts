import { queryText, request } from '@crashkeep/ui';
import { queryOptions } from '@tanstack/react-query';
import type { AlertRule, ToldAlerts } from './wire.js';

export interface AlertRules {
  readonly rules: readonly AlertRule[];
  /** False where no mail server is set up. */
  readonly mail: boolean;
}

export const alertRulesQuery = (project: string) =>
  queryOptions({
    queryKey: ['alert-rules', project],
    queryFn: async ({ signal }) => (await request(`/alert-rules${queryText({ project })}`, { signal })) as AlertRules,
  });

const FRESH_MS = 15_000;

export const alertsQuery = (project: string) =>
  queryOptions({
    queryKey: ['alerts', project],
    queryFn: async ({ signal }) => (await request(`/alerts${queryText({ project })}`, { signal })) as ToldAlerts,
    refetchInterval: FRESH_MS,
  });
