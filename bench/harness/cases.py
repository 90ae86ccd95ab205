"""The cases. Each is a function that measures and leaves its tables with the bench; its first line is its title."""

import re
import shutil
import statistics
import subprocess
import threading
import time

from . import clients
from .bench import say
from .load import BROWSER_FIELDS
from .process import open_files
from .proxies import LISTED, NETWORKS, Setup

MB = 1024 * 1024
WARM_UP = 2000  # ms
LIGHT = {"nginx": 0.95, "haproxy": 0.95, "caddy": 0.25}
LIGHT_TLS = {"nginx": 0.95, "haproxy": 0.95, "caddy": 0.3}


def a(bench):
    """Small keep-alive requests, plain HTTP/1.1"""
    small_requests(bench, "http", LIGHT)


def b(bench):
    """Small keep-alive requests, TLS 1.3"""
    small_requests(bench, "https", LIGHT_TLS)


def small_requests(bench, scheme, targets):
    words = "plain HTTP/1.1" if scheme == "http" else "HTTP/1.1 over TLS 1.3"
    wrk = lambda path: lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme, path), seconds)
    bench.compare(f"{words}, 32 connections, answers of 15 bytes", wrk("/small"), targets=targets)
    bench.compare(f"{words}, 32 connections, answers of 1 KB", wrk("/1k"), targets=targets)
    bench.compare(f"{words}, 32 connections, answers of 15 bytes, access log on", wrk("/small"), Setup(log=True), targets={"nginx": 1.0})


def c(bench):
    """HTTP/2 over TLS 1.3"""
    for connections, streams in ((1, 100), (8, 12)):
        bench.compare(f"HTTP/2 over TLS 1.3, {connections} connection{'s' * (connections > 1)} of {streams} streams, answers of 15 bytes",
                      lambda proxy, seconds: bench.generators.h2load(proxy.url("https"), seconds, connections, streams),
                      targets={"nginx": 1.2, "caddy": 0.5})


def d(bench):
    """A new TLS connection for each request, and a resumed one"""
    for resumed in (False, True):
        bench.compare(f"A {'resumed' if resumed else 'new'} TLS 1.3 connection for each request, 4 clients",
                      lambda proxy, seconds: bench.generators.handshakes(proxy.https, seconds, resumed), targets={"nginx": 1.0})


def e(bench):
    """Bodies of 100 KB and 10 MB, both directions, plain and TLS"""
    for scheme in ("http", "https"):
        for name, size in (("100 KB", 100 * 1024), ("10 MB", 10 * MB)):
            targets = {"nginx": 1.0, "haproxy": 0.8} if size > MB else {}
            layer = "plain" if scheme == "http" else "TLS 1.3"
            path = "/100k" if size < MB else "/10m"
            bench.compare(f"Answers of {name}, {layer}, 8 connections",
                          lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme, path), seconds, 8), per="GB", targets=targets, digits=0)
            bench.compare(f"Requests with {name}, {layer}, 8 connections",
                          lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme, "/upload"), seconds, 8, "POST", size), per="GB",
                          targets=targets, digits=0)


def f(bench):
    """Heads as browsers and sites send them"""
    for scheme in ("http", "https"):
        bench.compare(f"{len(BROWSER_FIELDS) + 1} fields in the request, 13 in the answer, 1 KB, {'plain' if scheme == 'http' else 'TLS 1.3'}, 32 connections",
                      lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme, "/page"), seconds, fields=BROWSER_FIELDS))


def g(bench):
    """Idle keep-alive connections: memory for each"""
    count = 1000 if bench.quick else min(10_000, open_files() - 500)
    for tls in (False, True):
        table = bench.table(f"{count} idle {'TLS 1.3' if tls else 'plain'} connections, one request made on each", "bytes resident a connection",
                            digits=0, limit=20 * 1024 if tls else 3 * 1024)
        for _ in range(min(bench.rounds, 2)):
            for proxy in fresh(bench, table):
                load = lambda proxy, seconds: bench.generators.wrk(proxy.url("https" if tls else "http"), seconds)
                bench.warm(proxy, load)
                heap, before = live_heap(proxy), proxy.process.memory()
                client, errors = bench.generators.idle(proxy.https if tls else proxy.http, tls, count)
                time.sleep(2)
                held = count - errors
                more_heap = {"live heap a connection": (live_heap(proxy) - heap) / held} if heap else {}
                table.add(proxy.label, (proxy.process.memory() - before) / held, **more_heap, errors=errors,
                          **{"resident MB before": before / MB})
                client.stdin.close()
                client.wait()
        table.notes.append("A heap that was resident before takes new connections without growing: live heap, measured after a full "
                           "collection, is what a connection needs in Java; the resident growth is what it needs beside that at least.")


def h(bench):
    """What routing costs: services, rules, lists"""
    networks = bench.folder / NETWORKS
    networks.write_text(f"{LISTED}/32\n" + "".join(f"{10 + n // 65536}.{n // 256 % 256}.{n % 256}.0/24\n" for n in range(99_999)))
    table = bench.table("Plain HTTP/1.1, 32 connections, answers of 15 bytes", "µs CPU a request", baseline=None)
    setups = {"1 service": Setup(), "100 services": Setup(services=100), "1,000 services": Setup(services=1000),
              "1,000 services in turn": Setup(services=1000), "100 rules": Setup(rules=100), "100,000 networks": Setup(networks=100_000)}
    # All at the same time, because the differences are small: one window for all of them.
    proxies = [bench.proxy(kind, setup, f"{kind.name}, {words}") for kind in bench.kinds for words, setup in setups.items()]
    bench.stop()
    running = [proxy for proxy in proxies if bench.start(proxy, table) is not None]

    def load(proxy, seconds):
        hosts = proxy.setup.hosts()
        in_turn = len(hosts) if proxy.label.endswith("in turn") else 1
        return bench.generators.wrk(proxy.url("http"), seconds, services=in_turn, host=hosts[len(hosts) // 2])

    try:
        bench.rounds_of(table, list(running), load)
    finally:
        for proxy in running:
            proxy.stop()
    for label, samples in table.rows.items():
        one = table.rows.get(label.split(",")[0] + ", 1 service", [])
        for sample, base in zip(samples, one):
            sample.columns["more than with 1 service"] = sample.value - base.value
    table.notes.append("With many services all requests go to the one in the middle, or to all in turn: then each service keeps connections to the origin "
                       "of its own, and more connections cost more in the kernel. Target for Gatehouse: ≤ 1 µs more.")


def i(bench):
    """Latency at half of the peak rate"""
    for scheme in ("http", "https"):
        rates, table = {}, bench.table(f"Latency at half of each proxy's peak rate, {'plain' if scheme == 'http' else 'TLS 1.3'}", "ms, 99th percentile",
                                       digits=2)
        load = lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme), seconds)
        proxies = list(bench.use(Setup(), table))
        for proxy in proxies:
            bench.warm(proxy, load)
            done = load(proxy, bench.seconds)
            rates[proxy.label] = done.requests / done.seconds / 2
        paced_rounds(bench, table, list(proxies), scheme, rates)
        slowest = min(rates.values())
        table = bench.table(f"Latency at {slowest:,.0f} requests a second, half of the slowest one's peak, {'plain' if scheme == 'http' else 'TLS 1.3'}",
                            "ms, 99th percentile", digits=2)
        paced_rounds(bench, table, proxies, scheme, {label: slowest for label in rates})


def paced_rounds(bench, table, proxies, scheme, rates):
    for _ in range(bench.rounds):
        for proxy in list(proxies):
            latencies = bench.generators.paced(proxy.url(scheme), bench.seconds, rates[proxy.label])
            if not latencies:
                table.notes.append(f"{proxy.label} is left out: it fell behind so far that nothing was sent when it counted")
                proxies.remove(proxy)
                continue
            at = lambda share: latencies[min(len(latencies) - 1, int(len(latencies) * share))] / 1000
            table.add(proxy.label, at(0.99), **{"50th": at(0.5), "99.9th": at(0.999), "greatest": latencies[-1] / 1000, "req/s": rates[proxy.label]})
        say("    " + ", ".join(f"{label} {samples[-1].value:.2f}" for label, samples in table.rows.items()))
    table.notes.append("h2load --rps, HTTP/1.1, 50 requests a second on each connection, corrected for coordinated omission.")


def j(bench):
    """Start: to the first answer, and the cost of requests in the first seconds"""
    first_answers(bench)
    for scheme in ("http", "https"):
        table = bench.table(f"CPU for each request after the start, {'plain' if scheme == 'http' else 'TLS 1.3'}, 32 connections",
                            "µs CPU a request, last second measured", baseline=None)
        for _ in range(max(1, bench.rounds // 3)):
            for proxy in fresh(bench, table, ways_to_start):
                for label, seconds in cost_of_each_second(bench, proxy, scheme).items():
                    table.add(label, seconds[-1], **{f"s {n}": seconds[n - 1] for n in (1, 2, 3, 4, 5, 7, 10, 15, 20, 25) if n <= len(seconds)},
                              **{"s 2 ÷ last": seconds[1] / seconds[-1]})
        table.notes.append("All threads on one core; `without JIT and GC` leaves the JVM's compiler and collector threads out. "
                           "Gatehouse with the archive of classes that `gatehouse archive` makes, if nothing else is said.")


def first_answers(bench):
    """On all cores, since nothing else runs then."""
    table = bench.table("From the start of the process to the first answer, on all cores", "ms to the first HTTPS answer", digits=0, limit=1500)
    bench.stop()
    for _ in range(bench.rounds):
        for kind in bench.kinds:
            for label, setup in ways_to_start(kind).items():
                proxy = kind(bench.cores.shared(), bench.folder, bench.origin, setup, label)
                try:
                    http = proxy.start()
                    table.add(label, first_https_answer(proxy) * 1000, **{"ms to the first HTTP answer": http * 1000})
                finally:
                    proxy.stop()


def ways_to_start(kind):
    """What a proxy can do about its first seconds, by the words for it."""
    if kind.name != "gatehouse":
        return {kind.name: Setup()}
    return {kind.name: Setup(archive=True), f"{kind.name} without archive": Setup(archive=False),
            f"{kind.name}, {WARM_UP // 1000} s warm-up": Setup(archive=True, warm_up=WARM_UP)}


def cost_of_each_second(bench, proxy, scheme):
    """µs CPU a request in each second. Counts the requests at the origin, since wrk tells only their sum."""
    length = 8 if bench.quick else 30
    load = threading.Thread(target=bench.generators.wrk, args=(proxy.url(scheme), length + 1))
    load.start()
    total, without = [], []
    next_time = time.monotonic() + 1
    requests, cpu = bench.origin.requests(), proxy.process.cpu()
    for _ in range(length):
        time.sleep(max(0.0, next_time - time.monotonic()))
        next_time += 1
        requests_now, cpu_now = bench.origin.requests(), proxy.process.cpu()
        count, spent = max(1, requests_now - requests), cpu_now - cpu
        total.append(spent.total / 1000 / count)
        without.append((spent.total - spent.housekeeping) / 1000 / count)
        requests, cpu = requests_now, cpu_now
    load.join()
    if cpu.housekeeping:
        return {proxy.label: total, f"{proxy.label}, without JIT and GC": without}
    return {proxy.label: total}


def k(bench):
    """Memory after the start, and under load"""
    count = 1000 if bench.quick else min(10_000, open_files() // 2 - 250)
    after = bench.table("Memory 3 s after the first answer", "MB resident", limit=120)
    under = bench.table(f"Memory under small requests on {count} connections, plain", "MB resident, most seen", limit=160)
    for _ in range(min(bench.rounds, 2)):
        for proxy in fresh(bench, after):
            time.sleep(3)
            after.add(proxy.label, proxy.process.memory() / MB)
            most, stop = [0], threading.Event()

            def watch():
                while not stop.wait(0.2):
                    most[0] = max(most[0], proxy.process.memory())

            watcher = threading.Thread(target=watch)
            watcher.start()
            try:
                done, cpu, _ = bench.measure(proxy, lambda proxy, seconds: bench.generators.wrk(proxy.url("http"), seconds, count), max(8, bench.seconds))
                under.add(proxy.label, most[0] / MB, **{"µs CPU a request": cpu.total / 1000 / done.requests, "req/s": done.requests / done.seconds,
                                                        "errors": done.errors})
            except RuntimeError as problem:
                under.notes.append(f"{proxy.label}: {problem}")
            finally:
                stop.set()
                watcher.join()


def l(bench):
    """Static files"""
    for scheme, layer in (("http", "plain"), ("https", "TLS 1.3")):
        wrk = lambda path, connections: lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme, path), seconds, connections)
        bench.compare(f"Files of 15 bytes, {layer}, 32 connections", wrk("/small", 32), Setup(files=True))
        bench.compare(f"Files of 100 KB, {layer}, 8 connections", wrk("/100k", 8), Setup(files=True), per="GB", digits=0)
        bench.compare(f"Files of 10 MB, {layer}, 8 connections", wrk("/10m", 8), Setup(files=True), per="GB", digits=0)


def fresh(bench, table, ways=lambda kind: {kind.name: Setup()}):
    """Each proxy in turn, in each of its ways, just started, and ended when the next one is asked for."""
    bench.stop()
    for kind, label, setup in [(kind, label, setup) for kind in bench.kinds for label, setup in ways(kind).items()]:
        proxy = bench.proxy(kind, setup, label)
        if bench.start(proxy, table) is None:
            continue
        try:
            yield proxy
        finally:
            proxy.stop()


def first_https_answer(proxy):
    context = clients.tls_context()
    while True:
        try:
            with context.wrap_socket(clients.connect(proxy.https), server_hostname="bench.test") as connection:
                connection.sendall(clients.REQUEST % b"")
                clients.answer(connection)
                return time.monotonic() - proxy.process.started
        except OSError:
            if time.monotonic() - proxy.process.started > 60:
                raise RuntimeError(f"{proxy.label} does not answer over HTTPS:\n{proxy.process.tail()}") from None
            time.sleep(0.005)


def live_heap(proxy):
    """Bytes of Java objects after a full collection; 0 where there is no Java."""
    if proxy.name != "gatehouse" or not shutil.which("jcmd"):
        return 0
    jcmd = lambda word: subprocess.run(["jcmd", str(proxy.process.pid), word], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    jcmd("GC.run")
    return 1024 * sum(int(used) for used in re.findall(r"(?:generation|heap)\s+total \d+K, used (\d+)K", jcmd("GC.heap_info")))


ALL = {case.__name__: case for case in (a, b, c, d, e, f, g, h, i, j, k, l)}
