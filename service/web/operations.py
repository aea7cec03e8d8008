"""``/healthz`` and ``/readyz``: for those who keep the service running."""

from __future__ import annotations

import tempfile

from flask import Blueprint, Response, jsonify

from service import __version__
from service.errors import Stopping
from service.web.api import bench

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
def healthz() -> Response:
    """Answer that the process lives."""
    return jsonify(status="ok", version=__version__)


@operations.get("/readyz")
def readyz() -> Response:
    """Answer that new work is taken; 503 while stopping or where no file can be written."""
    if bench().stopping:
        raise Stopping("服务正在停止", hint="请稍后重试")
    try:
        with tempfile.TemporaryFile() as written:
            written.write(b"ready")
    except OSError as cause:
        raise Stopping("临时目录不可写", hint="请清理磁盘") from cause
    return jsonify(status="ready")
