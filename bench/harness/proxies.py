"""The proxies, each configured to do the same: forward to the origin over connections that are kept, set X-Forwarded-For, -Proto and
-Host, pass the Host on, offer HTTP/2 and TLS 1.3 with the same P-256 certificate."""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .machine import find, version
from .origin import HOST, SMALL, free_port, get, status, wait_for
from .process import Process, open_files

NETWORKS = "networks.txt"
LISTED = "127.0.0.2"  # an address in that list, from which the check connects


@dataclass(frozen=True)
class Setup:
    """What a case asks of the configuration."""
    log: bool = False
    services: int = 1
    rules: int = 0
    networks: int = 0
    archive: bool = None  # whether Gatehouse starts with an archive of classes; None for: if there is one
    warm_up: int = 0      # ms that Gatehouse exercises itself before it listens
    files: bool = False   # serve the files that the origin has, instead of asking it

    def hosts(self):
        """The host of each service; a request with any other host is answered 404."""
        return [HOST] if self.services == 1 else [f"s{n}.{HOST}" for n in range(1, self.services + 1)]


class Proxy:
    name = ""
    program = ""
    log_note = ""

    def __init__(self, cores, folder, origin, setup=Setup(), label=None):
        self.cores, self.folder, self.tls, self.origin, self.setup = cores, folder, folder / "tls", origin, setup
        self.label = label or self.name
        self.process = None

    @classmethod
    def why_absent(cls):
        return None if find(cls.program) else f"{cls.program} is not installed"

    def start(self):
        """Starts afresh and waits for the first answer over HTTP; tells the seconds that took."""
        self.http, self.https = free_port(), free_port()
        self.home = Path(tempfile.mkdtemp(prefix=self.name + "-", dir=self.folder))
        self.home.chmod(0o755)
        self.prepare(self.setup)
        self.process = Process(self.name, self.command(), self.cores.proxy, self.home / "output.log", self.environment(), self.home)
        return wait_for(self.http, self.process, host=self.setup.hosts()[-1])

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None

    def url(self, scheme, path="/small"):
        return f"{scheme}://127.0.0.1:{self.https if scheme == 'https' else self.http}{path}"

    def check(self, seconds=15):
        """What is not as in the other proxies, or None. Waits a little: services and rules may come after the first answer."""
        end = time.monotonic() + seconds
        while (difference := self.difference()) and time.monotonic() < end:
            time.sleep(0.2)
        return difference

    def difference(self):
        if self.setup.files:
            return None if get(self.http, "/small") == SMALL else "does not serve the file"
        for host in (self.setup.hosts()[0], self.setup.hosts()[-1]):
            first, second = (get(self.http, "/echo", host).split("|") for _ in range(2))
            if first[:4] != [host, "127.0.0.1", "http", host]:
                return f"Host and X-Forwarded-For, -Proto, -Host reach the origin as {first[:4]}"
            if first[4] != second[4]:
                return "does not keep its connection to the origin"
        for n in {0, self.setup.rules - 1} if self.setup.rules else ():
            if status(self.http, f"/blocked/{n}/page", host) != 403:
                return f"rule {n} of {self.setup.rules} does not block"
        if self.setup.networks and status(self.http, "/small", host, LISTED) != 403:
            return f"{LISTED} is in the list of networks and is not blocked"
        return None

    def environment(self):
        return {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)}

    def write(self, name, text):
        path = self.home / name
        path.write_text(text)
        return path


class Nginx(Proxy):
    name = program = "nginx"
    log_note = "JSON lines to a file, 64 KB buffer"

    def version(self):
        return version([find("nginx"), "-v"], r"nginx/(\S+)")

    def command(self):
        return [find("nginx"), "-e", str(self.home / "error.log"), "-c", str(self.home / "nginx.conf")]

    def prepare(self, setup):
        log = "access_log off;"
        if setup.log:
            fields = ("remote_addr", "request_method", "scheme", "host", "request_uri", "status", "bytes_sent", "request_time",
                      "upstream_addr", "http_user_agent")
            log = "log_format json escape=json '{\"time\":\"$time_iso8601\"," + ",".join(f'"{f}":"${f}"' for f in fields) + "}';\n" \
                  "    access_log access.log json buffer=64k flush=1s;".replace("access.log", str(self.home / "access.log"))
        tests = "".join(f"if ($request_uri ~ ^/blocked/{n}/) {{ return 403; }}\n        " for n in range(setup.rules))
        networks = ""
        if setup.networks:
            include = self.write("networks.conf", "".join(f"{net} 1;\n" for net in self.networks()))
            networks = f"geo $listed {{ default 0; include {include}; }}"
            tests += "if ($listed) { return 403; }"
        answer = f"root {self.folder}/files; sendfile on; tcp_nopush on;" if setup.files else None
        servers = "\n".join(f"""
    server {{
        listen 127.0.0.1:{self.http}; listen 127.0.0.1:{self.https} ssl http2;
        server_name {host};
        {tests}
        location / {{ {answer or f"proxy_pass http://origin{n};"} }}
    }}""" for n, host in enumerate(setup.hosts()))
        upstreams = "\n    ".join(f"upstream origin{n} {{ server 127.0.0.1:{self.origin.port}; keepalive 10240; keepalive_requests 1000000000; "
                                  "keepalive_timeout 600s; }" for n in range(setup.services))
        fallback = "" if setup.services == 1 else f"""
    server {{ listen 127.0.0.1:{self.http} default_server; listen 127.0.0.1:{self.https} ssl http2 default_server; return 404; }}"""
        self.write("nginx.conf", f"""\
worker_processes 1;
daemon off;
pid {self.home}/nginx.pid;
worker_rlimit_nofile {open_files()};
events {{ worker_connections 30000; }}
http {{
    {log}
    {networks}
    server_names_hash_max_size 8192;
    client_body_temp_path {self.home}/body; proxy_temp_path {self.home}/proxy;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
    client_max_body_size 0;
    ssl_certificate {self.tls}/default.pem;
    ssl_certificate_key {self.tls}/default.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:tls:10m;
    {upstreams}
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_request_buffering off;
    proxy_buffers 8 64k;
    proxy_busy_buffers_size 128k;
    proxy_max_temp_file_size 0;{fallback}{servers}
}}
""")

    def networks(self):
        return (self.folder / NETWORKS).read_text().split()


class HAProxy(Proxy):
    name = program = "haproxy"
    log_note = "JSON lines to standard output"

    def version(self):
        return version([find("haproxy"), "-v"], r"version (\S+)")

    def command(self):
        return [find("haproxy"), "-db", "-f", str(self.home / "haproxy.cfg")]

    def prepare(self, setup):
        if setup.files:
            raise ValueError("it serves no files")
        pem = self.home / "tls.pem"
        pem.write_text((self.tls / "default.pem").read_text() + (self.tls / "default.key").read_text())
        log, json = "", ""
        if setup.log:
            log = "log stdout len 4096 format raw local0"
            json = "log global\n    log-format '" + '{"time":"%trl","client":"%ci","method":"%HM","host":"%[capture.req.hdr(0)]",' \
                '"target":"%HU","status":%ST,"bytes":%B,"duration_ms":%Ta,"upstream":"%si:%sp","agent":"%[capture.req.hdr(1)]"}' \
                "'\n    http-request capture req.hdr(host) len 128\n    http-request capture req.hdr(user-agent) len 256"
        tests = "".join(f"http-request deny if {{ path_beg /blocked/{n}/ }}\n    " for n in range(setup.rules))
        if setup.networks:
            tests += f"http-request deny if {{ src -f {self.folder / NETWORKS} }}"
        backends = "default_backend b0"
        if setup.services > 1:
            hosts = self.write("hosts.map", "".join(f"{host} b{n}\n" for n, host in enumerate(setup.hosts())))
            backends = f"use_backend %[req.hdr(host),map({hosts})]"
        self.write("haproxy.cfg", f"""\
global
    nbthread 1
    maxconn 15000
    no strict-limits
    {log}
defaults
    mode http
    option http-keep-alive
    http-reuse always
    timeout connect 5s
    timeout client 600s
    timeout server 60s
    timeout http-keep-alive 600s
frontend all
    bind 127.0.0.1:{self.http} backlog 4096
    bind 127.0.0.1:{self.https} backlog 4096 ssl crt {pem} alpn h2,http/1.1 ssl-min-ver TLSv1.2
    {json}
    {tests}
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Proto https if {{ ssl_fc }}
    http-request set-header X-Forwarded-Proto http if !{{ ssl_fc }}
    http-request set-header X-Forwarded-Host %[req.hdr(host)]
    {backends}
""" + "".join(f"backend b{n}\n    server origin 127.0.0.1:{self.origin.port}\n" for n in range(setup.services)))


class Caddy(Proxy):
    name = program = "caddy"
    log_note = "JSON lines to a file"

    def version(self):
        return version([find("caddy"), "version"], r"v?(\d\S+)")

    def command(self):
        return [find("caddy"), "run", "--adapter", "caddyfile", "--config", str(self.home / "Caddyfile")]

    def prepare(self, setup):
        log = f"log {{\n\t\toutput file {self.home}/access.log {{\n\t\t\troll_disabled\n\t\t}}\n\t}}" if setup.log else ""
        rules = "".join(f"@r{n} path /blocked/{n}/*\n\trespond @r{n} 403\n\t" for n in range(setup.rules))
        if setup.networks:
            rules += "@listed remote_ip " + " ".join((self.folder / NETWORKS).read_text().split()) + "\n\trespond @listed 403\n\t"
        answer = f"root * {self.folder}/files\n\tfile_server" if setup.files else f"""\
reverse_proxy 127.0.0.1:{self.origin.port} {{
		transport http {{
			keepalive_idle_conns_per_host 10240
			keepalive_idle_conns 10240
		}}
	}}"""
        sites = []
        for host in (hosts := setup.hosts()):
            host = "" if len(hosts) == 1 else host
            for scheme, port, tls in (("http", self.http, ""), ("https", self.https, f"tls {self.tls}/default.pem {self.tls}/default.key")):
                sites.append(f"""{scheme}://{host}:{port} {{
	bind 127.0.0.1
	{tls}
	{log}
	{rules}
	{answer}
}}
""")
        self.write("Caddyfile", "{\n\tadmin off\n\tauto_https disable_redirects\n\tdefault_sni " + HOST
                   + "\n\tlog {\n\t\tlevel WARN\n\t\texclude http.log.access\n\t}\n}\n".replace("level WARN", "level INFO" if setup.log else "level WARN")
                   + "".join(sites))


class Gatehouse(Proxy):
    name = "gatehouse"
    log_note = "JSON lines to a file"
    installed = None  # the folder of the distribution
    archived = False  # whether its archive has been made for the Java that runs it

    @classmethod
    def why_absent(cls):
        if cls.installed and os.access(cls.installed / "bin/gatehouse", os.X_OK):
            return None
        return f"no bin/gatehouse in {cls.installed}"

    def version(self):
        java = os.path.join(os.environ["JAVA_HOME"], "bin/java") if os.environ.get("JAVA_HOME") else "java"
        return (self.installed / "VERSION").read_text().strip() + ", Java " + version([java, "-version"], r'version "(\S+)"')

    def command(self):
        return [str(self.installed / "bin/gatehouse"), "--config", str(self.home / "gatehouse.yml"), "--data", str(self.home)]

    def prepare(self, setup):
        if setup.archive and not Gatehouse.archived:
            Gatehouse.archived = True
            subprocess.run([str(self.installed / "bin/gatehouse"), "archive"], check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(self.tls, self.home / "tls")
        lines = ["listeners:", f"  http: {{ address: http://127.0.0.1:{self.http} }}", f"  https: {{ address: https://127.0.0.1:{self.https} }}",
                 f"console: {{ address: '127.0.0.1:{free_port()}' }}"]
        if setup.warm_up:
            lines += [f"warmup: {{ limit_ms: {setup.warm_up} }}"]
        if setup.log:
            lines += [f"access_log: {{ path: {self.home}/access.log }}"]
        if setup.networks:
            lines += ["lists:", f"  listed: {{ type: Ip, file: {self.folder / NETWORKS} }}"]
        if setup.rules or setup.networks:
            lines += ["rules:"]
            lines += [f"  r{n}: {{ expression: 'http_request.path.starts_with(\"/blocked/{n}/\")', actions: [ {{ action: block }} ] }}"
                      for n in range(setup.rules)]
        if setup.networks:
            lines += ["  listed: { expression: 'lists[\"listed\"].contains(client.ip)', actions: [ { action: block } ] }"]
        lines += ["services:"]
        for n, host in enumerate(hosts := setup.hosts()):
            route = "" if len(hosts) == 1 else f"route: 'http_request.host == \"{host}\"', "
            kind = f"static: {{ root: {self.folder}/files }}" if setup.files else f'http_proxy: ["http://127.0.0.1:{self.origin.port}"]'
            lines += [f"  s{n}: {{ {route}{kind} }}"]
        self.write("gatehouse.yml", "\n".join(lines) + "\n")

    def environment(self):
        return {"GATEHOUSE_ARCHIVE": "off"} if self.setup.archive is False else {}


class Pingoo(Proxy):
    name = program = "pingoo"
    log_note = "none"

    @classmethod
    def why_absent(cls):
        if not find("pingoo"):
            return "pingoo is not installed"
        if os.geteuid() != 0 or not Path("/etc/pingoo").is_dir():
            return "pingoo reads /etc/pingoo only: run as root and make that folder, so that one can be mounted there for it alone"
        return None

    def version(self):
        return "unknown"

    def command(self):
        return ["unshare", "--mount", "sh", "-c", f"mount --bind {self.home} /etc/pingoo && exec {find('pingoo')}"]

    def prepare(self, setup):
        Gatehouse.prepare(self, setup)
        text = (self.home / "gatehouse.yml").read_text()
        self.write("pingoo.yml", "".join(line + "\n" for line in text.splitlines() if not line.startswith("access_log")))
        shutil.rmtree(self.home / "tls")
        shutil.copytree(self.folder / "tls-any", self.home / "tls")  # its default certificate must name *


ALL = (Gatehouse, Nginx, HAProxy, Caddy, Pingoo)
