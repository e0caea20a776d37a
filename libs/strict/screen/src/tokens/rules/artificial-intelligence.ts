import { rule, type TokenRule } from '../token-rule.js';

/** Model providers. */
export const AI_RULES: readonly TokenRule[] = [
  rule(
    'gitleaks',
    'openai-key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    '[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}',
  ),
  rule('gitleaks', 'openai-legacy-key', 'sk-', '[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}'),
  rule('gitleaks', 'anthropic-key', ['sk-ant-api03-'], '[A-Za-z0-9_-]{93}AA', { entropy: 3.5 }),
  rule('gitleaks', 'anthropic-admin-key', 'sk-ant-admin01-', '[A-Za-z0-9_-]{93}AA', { entropy: 3.5 }),
  rule('gitleaks', 'huggingface-token', 'hf_', '[a-zA-Z]{34}', { entropy: 3 }),
  rule('gitleaks', 'huggingface-organisation-token', 'api_org_', '[a-zA-Z]{34}', { entropy: 3 }),
  rule('kingfisher', 'replicate-token', 'r8_', '[A-Za-z0-9]{37}', { entropy: 3 }),
  rule('gitleaks', 'perplexity-key', 'pplx-', '[A-Za-z0-9]{48}', { entropy: 3 }),
  rule('kingfisher', 'groq-key', 'gsk_', '[A-Za-z0-9]{52}', { entropy: 3 }),
  rule('kingfisher', 'xai-key', 'xai-', '[A-Za-z0-9]{80}', { entropy: 3.5 }),
  rule('kingfisher', 'openrouter-key', 'sk-or-v1-', '[a-f0-9]{64}', { entropy: 3 }),
  rule('kingfisher', 'langsmith-key', ['lsv2_pt_', 'lsv2_sk_'], '[a-f0-9]{32}_[a-f0-9]{10}', { entropy: 3 }),
  rule('kingfisher', 'nvidia-key', 'nvapi-', '[A-Za-z0-9_-]{60,70}', { entropy: 3.5 }),
  rule('kingfisher', 'pinecone-key', 'pcsk_', '[A-Za-z0-9]{5,8}_[A-Za-z0-9]{60,66}', { entropy: 3.5 }),
  rule('kingfisher', 'elevenlabs-key', 'sk_', '[a-f0-9]{48}', { entropy: 3 }),
  rule('kingfisher', 'wandb-key', 'wandb_v1_', '[A-Za-z0-9_-]{40,90}', { entropy: 3 }),
  rule('kingfisher', 'tavily-key', 'tvly-', '[A-Za-z0-9_-]{32,48}', { entropy: 3 }),
];
