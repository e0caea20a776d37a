import { NameText, TokenClassText } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import { Instant } from '../http/words.js';

export const TokenAnswer = z
  .object({
    id: z.uuid(),
    class: TokenClassText,
    project: ProjectIdText,
    label: z.string(),
    created_at: Instant,
    last_used_at: Instant.nullable(),
    revoked_at: Instant.nullable(),
  })
  .meta({ id: 'Token' });

export const TokensAnswer = z.object({ tokens: TokenAnswer.array() });

/** A label is what colleagues see, as a name is. */
export const NewTokenBody = z.object({ class: TokenClassText, project: ProjectIdText, label: NameText });

export const NewTokenAnswer = z.object({ token: z.string() });

export const TokenPath = z.object({ id: z.uuid() });
