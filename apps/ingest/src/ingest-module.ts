import { type DynamicModule, Module } from '@nestjs/common';
import { INTAKE } from './intake-token.js';
import type { Intake } from './intake.js';
import { ReceiptsController } from './receipts.controller.js';
import { SubmitController } from './submit.controller.js';
import { SymbolServerController } from './symbol-server.controller.js';
import { SymbolsController } from './symbols.controller.js';
import { TeckenController } from './tecken.controller.js';
import { Uploads } from './uploads.js';

@Module({})
export class IngestModule {
  static of(intake: Intake): DynamicModule {
    return {
      module: IngestModule,
      controllers: [SubmitController, ReceiptsController, SymbolsController, SymbolServerController, TeckenController],
      providers: [{ provide: INTAKE, useValue: intake }, Uploads],
    };
  }
}
