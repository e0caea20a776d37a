import { request } from '@crashkeep/ui';
import type { AlertRule } from './wire.js';

export type NewAlertRule = Pick<
  AlertRule,
  'project' | 'name' | 'channel' | 'target' | 'on_new' | 'on_regression' | 'on_spike' | 'spike_least' | 'spike_times'
>;

export interface MadeAlertRule {
  readonly id: string;
  /** What a webhook's receiver checks signatures with; told in this answer only. */
  readonly secret: string | null;
}

export async function createAlertRule(rule: NewAlertRule, csrf: string): Promise<MadeAlertRule> {
  return (await request('/alert-rules', { method: 'POST', body: rule, csrf })) as MadeAlertRule;
}

export async function setAlertRuleState(id: string, state: AlertRule['state'], csrf: string): Promise<void> {
  await request(`/alert-rules/${encodeURIComponent(id)}`, { method: 'PATCH', body: { state }, csrf });
}

export async function removeAlertRule(id: string, csrf: string): Promise<void> {
  await request(`/alert-rules/${encodeURIComponent(id)}`, { method: 'DELETE', csrf });
}

/** Tells a made-up alert, so that a person sees whether it arrives. */
export async function tryAlertRule(id: string, csrf: string): Promise<void> {
  await request(`/alert-rules/${encodeURIComponent(id)}/try`, { method: 'POST', csrf });
}
