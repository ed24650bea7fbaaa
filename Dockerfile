# Klantpuls in a container. Build: docker build -t klantpuls .
# It speaks plain HTTP on port 3000: put a reverse proxy with TLS before it (shared/guide/production.md).

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs an install script. The Node that the project brings along is left out: the image has one.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY tsconfig.base.json ./
COPY shared shared
COPY client client
RUN node client/build.ts
COPY server server
RUN node server/build.ts

FROM node:24.21.0-slim
LABEL org.opencontainers.image.title="Klantpuls" \
  org.opencontainers.image.licenses="EUPL-1.2"
WORKDIR /app
COPY --from=build /app /app
# The key is made beside DATA_DIR, in the same volume; set SECRET_KEY to keep it elsewhere.
RUN mkdir -p /var/lib/klantpuls && chown node:node /var/lib/klantpuls && chmod 700 /var/lib/klantpuls
ENV HOST=0.0.0.0 \
  PORT=3000 \
  DATA_DIR=/var/lib/klantpuls/data
USER node
VOLUME /var/lib/klantpuls
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node handles SIGTERM itself: what is in hand is answered and committed.
CMD ["node", "--single-threaded-gc", "server/dist/main.js"]
