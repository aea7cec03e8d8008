FROM debian:bookworm-slim AS base
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*

FROM base AS build
# sso: with the packages for single sign-on (docs/accounts.md).
ARG LOCK=run
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv
WORKDIR /src
COPY requirements requirements
RUN python3 -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
 && python3 -m venv /opt/hongtou \
 && /opt/hongtou/bin/pip install --no-cache-dir --require-hashes -r requirements/${LOCK}.txt
COPY pyproject.toml README.md LICENSE ./
COPY layouts layouts
COPY fonts fonts
COPY press press
COPY examples examples
COPY docs/编辑手册.md docs/
COPY docs/guide docs/guide
COPY service service
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheel . \
 && /opt/hongtou/bin/pip install --no-deps /wheel/*.whl \
 && /opt/hongtou/bin/pip uninstall --yes pip setuptools \
 && /opt/hongtou/bin/python -m compileall -q /opt/hongtou

FROM base AS production
COPY --from=build /opt/hongtou /opt/hongtou
RUN install -d -o 10001 -g 10001 -m 0700 /state
ENV PATH=/opt/hongtou/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    XDG_STATE_HOME=/state \
    HONGTOU_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-c", \
  "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ.get('HONGTOU_PORT', 8080)}/readyz\", timeout=4)"]
CMD ["hongtou", "serve"]
