# One image for backend, worker and mlflow; docker-compose.yml says which command each runs.

FROM node:22-slim AS page
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build


FROM python:3.11-slim
# Another place for pip to look. On Linux torch brings CUDA along, gigabytes of it; PyTorch's own index has a build of the
# same version without: docker compose build --build-arg PIP_EXTRA_INDEX_URL=...
ARG PIP_EXTRA_INDEX_URL

# libgomp: LightGBM's wheel links to it.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 hashira \
    && install --directory --owner=hashira --group=hashira /state

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir -r requirements.lock

COPY pyproject.toml README.md params.yaml dvc.yaml ./
COPY hashiramart/ hashiramart/
COPY knowledge/ knowledge/
COPY ml/ ml/
COPY tools/ tools/
COPY agents/ agents/
COPY api/ api/
COPY evals/ evals/
COPY cli/ cli/
COPY --from=page /src/api/static/ api/static/
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .

USER hashira
ENV HASHIRA_HOME=/state HASHIRA_HOST=0.0.0.0 HASHIRA_PORT=8000 PYTHONUNBUFFERED=1
VOLUME /state
EXPOSE 8000
# The first start trains a champion before it serves: ten minutes of grace on a small machine.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10m --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["sh", "-c", "hashira prepare && exec hashira serve --host 0.0.0.0"]
