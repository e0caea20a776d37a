# syntax=docker/dockerfile:1
# One image for every process of the vault; the command says which. Nothing is downloaded when it runs.
FROM node:24-bookworm-slim AS build
WORKDIR /crashkeep
COPY . .
RUN npm run build
# Only what runs: the packages without development tools, beside the compiled code.
RUN find . -name node_modules -prune -exec rm -rf {} + \
 && PRISMA_SCHEMA_ENGINE_BINARY=/bin/true npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim AS run
ENV NODE_ENV=production
WORKDIR /crashkeep
COPY --from=build --chown=root:root /crashkeep ./
RUN install -d -o node -g node -m 0700 /var/lib/crashkeep /var/lib/crashkeep/keeper /var/lib/crashkeep/sequencer /var/lib/crashkeep/extraction \
      /var/lib/crashkeep/screen /var/lib/crashkeep/spool \
 && install -d -o node -g node -m 0755 /var/lib/crashkeep/statement /var/lib/crashkeep/mask \
 && install -d -o node -g node -m 0700 /run/crashkeep /run/crashkeep/keeper /run/crashkeep/leases /run/crashkeep/sequencer /run/crashkeep/admin
USER node
ENTRYPOINT ["node"]
CMD ["apps/lenient-api/dist/main.js"]
