"""Rounds: every proxy in turn, again and again, so that what disturbs the machine disturbs them alike."""

import statistics
import sys
import time
from dataclasses import dataclass, field

from .proxies import Setup

COMPILED = 0.03  # warm is a JVM whose compiler and collector take less than this share of its CPU time


@dataclass
class Sample:
    value: float
    columns: dict = field(default_factory=dict)


@dataclass
class Table:
    title: str
    unit: str
    rows: dict = field(default_factory=dict)      # label -> samples, one a round
    targets: dict = field(default_factory=dict)   # peer -> Gatehouse's greatest ratio to it
    limit: float = None                           # or Gatehouse's greatest value
    notes: list = field(default_factory=list)
    digits: int = 1
    baseline: str = "nginx"

    def add(self, label, value, **columns):
        self.rows.setdefault(label, []).append(Sample(value, columns))

    def ratios(self, label, to):
        """Of each round, so that a slow spell of the machine is in both."""
        return [a.value / b.value for a, b in zip(self.rows.get(label, []), self.rows.get(to, [])) if b.value]


class Bench:
    def __init__(self, kinds, cores, folder, origin, generators, rounds, seconds, quick):
        self.kinds, self.cores, self.folder, self.origin, self.generators = kinds, cores, folder, origin, generators
        self.rounds, self.seconds, self.quick = rounds, seconds, quick
        self.proxies, self.setup, self.tables = [], None, []

    def table(self, title, unit, **settings):
        self.tables.append(Table(title, unit, **settings))
        say(f"  {title}")
        return self.tables[-1]

    def proxy(self, kind, setup=Setup(), label=None):
        return kind(self.cores, self.folder, self.origin, setup, label)

    def start(self, proxy, table):
        """Starts a proxy. One that does not start, or does not do what the others do, is a note in the table and not measured."""
        try:
            seconds = proxy.start()
            if difference := proxy.check():
                raise ValueError(difference)
            return seconds
        except (RuntimeError, OSError, ValueError) as e:
            proxy.stop()
            say(f"    {proxy.label}: {e}")
            table.notes.append(f"{proxy.label} is left out: {str(e).splitlines()[0]}")
            return None

    def use(self, setup, table):
        """All proxies running with this setup; those that run so already go on, warm as they are."""
        if setup != self.setup:
            self.stop()
            candidates = [self.proxy(kind, setup) for kind in self.kinds]
            self.proxies = [proxy for proxy in candidates if self.start(proxy, table) is not None]
            self.setup = setup
        return self.proxies

    def stop(self):
        for proxy in self.proxies:
            proxy.stop()
        self.proxies, self.setup = [], None

    def warm(self, proxy, load):
        """Until the JVM has compiled what this load needs, in stretches of 5 s; without a JVM 2 s will do."""
        least, most = (5, 30) if self.quick else (10, 120)
        began, before = time.monotonic(), proxy.process.cpu()
        load(proxy, 2)
        while (spent := proxy.process.cpu() - before).housekeeping and time.monotonic() - began < most:
            if time.monotonic() - began >= least and spent.housekeeping < COMPILED * spent.total:
                break
            before = proxy.process.cpu()
            load(proxy, 5)

    def measure(self, proxy, load, seconds=None):
        """One run: what was loaded, the CPU time that took, and how busy the core was with other things."""
        core = next(iter(self.cores.proxy))
        seen = self.origin.requests()
        before, busy, passed = proxy.process.cpu(), *core_time(core)
        done = load(proxy, seconds or self.seconds)
        cpu, busy_now, passed_now = proxy.process.cpu() - before, *core_time(core)
        other = (busy_now - busy - cpu.user - cpu.system) / (passed_now - passed)
        if not done.requests:
            raise RuntimeError(f"{proxy.label} answered no request ({done.errors} errors)")
        if not proxy.setup.files and self.origin.requests() - seen < done.requests:
            raise RuntimeError(f"{proxy.label} did not take every request to the origin")
        return done, cpu, max(0.0, other)

    def compare(self, title, load, setup=Setup(), per="request", **settings):
        """The table that most cases are: CPU time for each request, or for each GB."""
        table = self.table(title, "µs CPU a request" if per == "request" else "ms CPU a GB", **settings)
        self.rounds_of(table, list(self.use(setup, table)), load, per)
        return table

    def rounds_of(self, table, proxies, load, per="request"):
        others = []

        def attempt(proxy, action):
            try:
                return action()
            except RuntimeError as e:
                say(f"    {proxy.label}: {e}")
                table.notes.append(f"{proxy.label} is left out: {str(e).splitlines()[0]}")
                table.rows.pop(proxy.label, None)
                proxies.remove(proxy)

        for proxy in list(proxies):
            attempt(proxy, lambda: self.warm(proxy, load))
        for _ in range(self.rounds):
            for proxy in list(proxies):
                if sample := attempt(proxy, lambda: self.measure(proxy, load)):
                    done, cpu, other = sample
                    others.append(other)
                    count, scale = (done.requests, 1e6) if per == "request" else (done.bytes / 1e9, 1e3)
                    rate = {"req/s": done.requests / done.seconds} if per == "request" else {"GB/s": done.bytes / 1e9 / done.seconds}
                    resumed = {"resumed %": 100 * done.resumed / done.requests} if done.resumed else {}
                    jit = {"JIT, GC": cpu.housekeeping / 1e9 / count * scale} if cpu.housekeeping else {}
                    table.add(proxy.label, cpu.total / 1e9 / count * scale, user=cpu.user / count * scale, sys=cpu.system / count * scale,
                              **jit, **rate, **resumed, errors=done.errors)
        if others:
            table.notes.append(f"Other work on the proxy's core meanwhile: {statistics.median(others):.0%}, at most {max(others):.0%}.")
        for label, samples in table.rows.items():
            say(f"    {label}: {statistics.median(s.value for s in samples):.1f} {table.unit}")


def core_time(core):
    """Seconds that a core was busy, and that passed, as all cores' clocks go on alike."""
    for line in open("/proc/stat"):
        if line.startswith(f"cpu{core} "):
            user, nice, system, idle, wait, irq, softirq, steal = map(int, line.split()[1:9])
            total = user + nice + system + idle + wait + irq + softirq + steal
            return (total - idle - wait) / 100, total / 100
    raise RuntimeError(f"no core {core}")


def say(text):
    print(text, file=sys.stderr, flush=True)
