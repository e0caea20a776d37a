import { HttpCode, SerializeOptions, applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** What a route answers: written through this schema, and described by it. A field that it does not name is dropped. */
export const Answers = (schema: z.ZodObject, description: string, status = 200): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, standardSchema: schema, description }),
  );

export const AnswersNothing = (description: string): MethodDecorator =>
  applyDecorators(HttpCode(204), ApiResponse({ status: 204, description }));
