import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';

const ABOUT =
  'Crash reports that are safe to show. A person signs in and sends the cookie; each call that changes something carries ' +
  'x-crashkeep-csrf from GET /api/v1/session. A machine sends Authorization: Bearer ckr_… and only reads. Errors are ' +
  'application/problem+json (RFC 9457) with a closed `code`, whose fault it is (`blame`) and whether to `retry`.';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'blame', 'retry'],
  properties: {
    type: { type: 'string', enum: ['about:blank'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', pattern: '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$' },
    blame: { type: 'string', enum: ['sender', 'us', 'policy'] },
    retry: { type: 'boolean' },
    at: { type: 'integer', description: 'Of a search: where, in UTF-16 units.' },
    length: { type: 'integer' },
    meant: { type: ['string', 'null'], description: 'The field that was probably meant.' },
  },
};

/** OpenAPI 3.1 of every route, from the schemas that requests and answers pass. */
export function openApiDocument(app: INestApplication, cookie: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Crashkeep console')
    .setDescription(ABOUT)
    .setVersion('1')
    .addCookieAuth(cookie, { type: 'apiKey', in: 'cookie', name: cookie }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'ckr_' }, 'token')
    .addSecurityRequirements('session')
    .addSecurityRequirements('token')
    .addGlobalResponse({
      status: 'default',
      description: 'A refusal.',
      content: { 'application/problem+json': { schema: PROBLEM } },
    })
    .build();
  return SwaggerModule.createDocument(app, config, { standardSchemaConverter: convert });
}

/** JSON Schema 2020-12, which OpenAPI 3.1 is made of. On the wire a text is a text before and after it was screened: `input`. */
function convert(schema: unknown): { schema: unknown; components: Record<string, unknown> } | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $defs = {}, $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return { schema: rest, components: $defs };
}
