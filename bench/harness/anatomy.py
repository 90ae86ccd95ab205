"""Where a small request's time goes: its system calls, and its CPU time by kernel, compiled code and libraries. Both by perf."""

import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from .machine import find
from .proxies import Setup

CALLS = ("read readv recvfrom recvmsg write writev sendto sendmsg sendfile64 splice epoll_wait epoll_pwait epoll_ctl futex getsockopt "
         "setsockopt accept4 close shutdown sched_yield").split()
PARTS = {"kernel": r"\[kernel|\[guest", "JIT code": r"\[JIT\]|perf-\d+\.map|^//anon|^\[anon|unknown",
         "TLS library": r"conscrypt|libssl|libcrypto", "JVM": r"libjvm|libjava|libnio|libnet|libjimage|\[vdso",
         "C library": r"libc\.|libc-|libpthread|ld-linux"}


def anatomy(bench, scheme):
    layer = "plain" if scheme == "http" else "TLS 1.3"
    calls = bench.table(f"System calls of a small request, {layer}, 32 connections", "system calls a request", digits=2)
    parts = bench.table(f"Where the CPU time of a small request goes, {layer}, 32 connections", "% in the kernel", baseline=None)
    for proxy in bench.use(Setup(), calls):
        bench.warm(proxy, lambda proxy, seconds: bench.generators.wrk(proxy.url(scheme), seconds))
        with loaded(bench, proxy, scheme):
            counted = system_calls(bench, proxy)
        total = counted.pop("all")
        calls.add(proxy.label, total, **{name: n for name, n in counted.items() if n >= 0.005})
        with loaded(bench, proxy, scheme):
            shares = cpu_shares(proxy)
        parts.add(proxy.label, shares.pop("kernel"), **shares)


@contextmanager
def loaded(bench, proxy, scheme):
    load = threading.Thread(target=bench.generators.wrk, args=(proxy.url(scheme), 7))
    load.start()
    time.sleep(1)
    try:
        yield
    finally:
        load.join()


def system_calls(bench, proxy):
    events = ["raw_syscalls:sys_enter"] + [f"syscalls:sys_enter_{call}" for call in CALLS]
    out = perf(["stat", "-x,", *(part for event in events for part in ("-e", event)), "-p", ids(proxy), "--",
                sys.executable, "-I", "-S", str(Path(__file__).with_name("clients.py")), "count", str(bench.origin.port), "4"])
    requests = int(re.search(r"RESULT (\d+)", out).group(1))
    counts = {name: int(n) / requests for n, name in re.findall(r"^(\d+),,\w+:sys_enter_?(\w*),", out, re.M)}
    if "" not in counts:
        raise RuntimeError("perf does not count system calls here: root and linux-perf are needed\n" + out)
    return {"all": counts.pop(""), **counts}


def cpu_shares(proxy):
    data = proxy.home / "perf.data"
    perf(["record", "-q", "-e", "cpu-clock", "-F", "1999", "-o", str(data), "-p", ids(proxy), "--", "sleep", "4"])
    out = perf(["report", "--stdio", "-q", "--sort", "dso", "-i", str(data)])
    shares = dict.fromkeys(PARTS, 0.0)
    for share, library in re.findall(r"^\s*([\d.]+)%\s+(\S.*?)\s*$", out, re.M):
        part = next((part for part, pattern in PARTS.items() if re.search(pattern, library)), "rest")
        shares[part] = shares.get(part, 0.0) + float(share)
    return shares


def ids(proxy):
    return ",".join(map(str, proxy.process.pids()))


def perf(arguments):
    return subprocess.run([find("perf") or "perf", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
