"""The load generators, and what they say about a run."""

import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import process
from .origin import HOST

HERE = Path(__file__).parent
AGENT = "bench"
BROWSER_FIELDS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en-GB,en;q=0.9,de;q=0.8", "Cache-Control": "max-age=0",
    "Sec-Ch-Ua": '"Not/A)Brand";v="8", "Chromium";v="126"', "Sec-Ch-Ua-Mobile": "?0", "Sec-Ch-Ua-Platform": '"Linux"',
    "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-User": "?1",
    "Upgrade-Insecure-Requests": "1", "Referer": "https://bench.test/articles/2024/06/a-page-with-a-long-name.html", "DNT": "1",
    "Cookie": "session=4f0c9a1be27d4c5f8a6b3e2d1c0f9e8d; theme=dark; consent=necessary,statistics; _id=GA1.1.1849201734.1718000000",
    "If-None-Match": '"5f2b-61a8c3d0e4f16"', "Priority": "u=0, i",
}


@dataclass
class Load:
    """What one run of a generator did."""
    requests: int
    seconds: float
    errors: int
    bytes: int = 0
    resumed: int = 0


class Generators:
    def __init__(self, cores, folder):
        self.cores = cores
        # The same cipher and key exchange with every proxy, whatever it would prefer.
        (folder / "openssl.cnf").write_text(
            "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\nMinProtocol = TLSv1.3\n"
            "Ciphersuites = TLS_AES_128_GCM_SHA256\nGroups = X25519\n")
        self.environment = {"OPENSSL_CONF": str(folder / "openssl.cnf")}

    def wrk(self, url, seconds, connections=32, method="GET", body=0, services=1, host=HOST, fields=None):
        headers = {"Host": host, "User-Agent": AGENT, **(fields or {})}
        out = self._run(["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s", "-s", str(HERE / "wrk.lua"),
                         *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
                         url, "--", method, str(body), str(services)], seconds)
        requests, received, micros, errors = map(int, re.search(r"RESULT (\d+) (\d+) (\d+) (\d+)", out).groups())
        return Load(requests, micros / 1e6, errors, max(received, requests * body))

    def h2load(self, url, seconds, connections=4, streams=100):
        out = self._h2load(url, seconds, f"-c{connections}", f"-m{streams}", f"-D{max(1, round(seconds))}")
        if "Application protocol: h2\n" not in out:
            raise RuntimeError(f"h2load did not speak HTTP/2:\n{out[-1000:]}")
        took = float(re.search(r"finished in ([\d.]+)s", out).group(1))
        good, failed, errored = map(int, re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", out).groups())
        not_2xx = sum(map(int, re.search(r"status codes: \d+ 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", out).groups()))
        return Load(good, took, failed + errored + not_2xx)

    def handshakes(self, port, seconds, resumed):
        out = self._run([sys.executable, str(HERE / "clients.py"), "handshakes", str(port), str(seconds),
                         "resumed" if resumed else "full", "4"], seconds)
        done, reused, errors = map(int, re.search(r"RESULT (\d+) (\d+) (\d+)", out).groups())
        return Load(done, seconds, errors, resumed=reused)

    def idle(self, port, tls, count):
        """Opens connections that idle after one request each: a process to be ended by closing its input, and the errors."""
        client = subprocess.Popen([sys.executable, str(HERE / "clients.py"), "idle", str(port), "tls" if tls else "plain", str(count)],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: process.pin(self.cores.load))
        return client, int(client.stdout.readline().split()[1])

    def paced(self, url, seconds, rate):
        """Requests at a fixed rate whatever the answers take. Returns the latencies in microseconds, corrected for what a late answer
        kept from being sent: each connection was to send every 20 ms, so an answer after 50 ms stands for requests that would have
        taken 30 and 10 ms too."""
        each = 50  # requests a second and connection: h2load sends at most 100 a second and connection evenly
        connections = max(1, round(rate / each))
        ramp = connections * 0.003
        with tempfile.NamedTemporaryFile() as log:
            began = time.time()
            self._h2load(url, seconds + ramp, "--h1", f"-c{connections}", "-r1", "--rate-period=3ms", f"--rps={each}",
                         f"-n{round(connections * each * (seconds + ramp))}", f"--log-file={log.name}")
            rows = [tuple(map(int, line.split()[:3])) for line in log.read().decode().splitlines()]
        interval = 1_000_000 // each
        start, end = (began + ramp + 0.5) * 1e6, (began + ramp + seconds) * 1e6
        latencies = []
        for sent, status, took in rows:
            if start <= sent <= end:
                latencies += range(took, 0, -interval) if status == 200 else [10_000_000]
        return sorted(latencies)

    def _h2load(self, url, seconds, *options):
        scheme, address, path = re.match(r"(\w+)://([^/]+)(/.*)", url).groups()
        return self._run(["h2load", "-t1", "--tls13-ciphers=TLS_AES_128_GCM_SHA256", "--groups=X25519", "-H", f"user-agent: {AGENT}",
                          f"--connect-to={address}", *options, f"{scheme}://{HOST}{path}"], seconds)

    def _run(self, command, seconds):
        return process.run(command, self.cores.load, self.environment, timeout=seconds * 3 + 60)
