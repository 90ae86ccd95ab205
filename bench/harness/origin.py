"""The origin behind every proxy: one nginx with answers of fixed sizes, and a count of the requests it has seen."""

import http.client
import random
import socket
import time

from .clients import requests_seen
from .machine import find
from .process import Process

HOST = "bench.test"
SMALL = "Hello, reader.\n"
SIZES = {"100k": 100 * 1024, "10m": 10 * 1024 * 1024}
ANSWER_FIELDS = {
    "Cache-Control": "public, max-age=300, stale-while-revalidate=60", "ETag": '\\"5f2b-61a8c3d0e4f17\\"', "Vary": "Accept-Encoding, Cookie",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains", "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "strict-origin-when-cross-origin",
    "Set-Cookie": "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax",
}

CONFIG = """\
worker_processes 1;
daemon off;
pid {folder}/origin.pid;
error_log {folder}/origin.error.log warn;
worker_rlimit_nofile {files};
events {{ worker_connections 30000; }}
http {{
    access_log off;
    default_type text/plain;
    sendfile on;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
    client_max_body_size 0;
    client_body_buffer_size 11m;
    client_body_temp_path {folder}/origin.body;
    proxy_temp_path {folder}/origin.proxy;
    upstream itself {{ server 127.0.0.1:{port}; keepalive 64; }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        root {folder}/files;
        location = /small {{ return 200 "{small}"; }}
        location = /1k    {{ return 200 "{kilobyte}"; }}
        location = /page  {{ {fields} return 200 "{kilobyte}"; }}
        location = /echo  {{ return 200 "$http_host|$http_x_forwarded_for|$http_x_forwarded_proto|$http_x_forwarded_host|$connection"; }}
        location = /count {{ stub_status; }}
        # Reads the whole body before it answers.
        location = /upload {{ proxy_pass http://itself/small; proxy_method GET; proxy_pass_request_body off;
            proxy_set_header Content-Length ""; proxy_http_version 1.1; proxy_set_header Connection ""; }}
    }}
}}
"""


class Origin:
    def __init__(self, folder, cores, files):
        self.port = free_port()
        (folder / "files").mkdir()
        for name, size in SIZES.items():
            (folder / "files" / name).write_bytes(b"0123456789abcdef" * (size // 16))
        (folder / "files/small").write_text(SMALL)
        config = folder / "origin.conf"
        config.write_text(CONFIG.format(
            folder=folder, port=self.port, files=files, small=SMALL.replace("\n", "\\n"), kilobyte="k" * 1024,
            fields=" ".join(f'add_header {name} "{value}";' for name, value in ANSWER_FIELDS.items())))
        self.process = Process("origin", [find("nginx"), "-e", str(folder / "origin.error.log"), "-c", str(config)],
                               cores.origin, folder / "origin.log")
        wait_for(self.port, self.process)

    def requests(self):
        """How many requests arrived so far, this question too."""
        return requests_seen(self.port)


def free_port():
    """A free port below the range from which the kernel takes those of outgoing connections."""
    while True:
        port = random.randrange(20000, 30000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def ask(port, path, host, source="127.0.0.1"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5, source_address=(source, 0))
    try:
        connection.request("GET", path, headers={"Host": host, "User-Agent": "bench"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def get(port, path, host=HOST):
    code, body = ask(port, path, host)
    if code != 200:
        raise OSError(f"{path} was answered {code}")
    return body


def status(port, path, host, source="127.0.0.1"):
    return ask(port, path, host, source)[0]


def wait_for(port, process, seconds=60, path="/small", host=HOST):
    """Waits for the first right answer and says how many seconds after the start of the process it came."""
    while True:
        try:
            if get(port, path, host) == SMALL:
                return time.monotonic() - process.started
        except (OSError, http.client.HTTPException):
            pass
        if not process.alive() or time.monotonic() - process.started > seconds:
            raise RuntimeError(f"{process.name} does not answer on port {port}. Its last lines:\n{process.tail()}")
        time.sleep(0.005)
