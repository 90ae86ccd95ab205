"""What this machine is, which cores to use, and what is missing on it."""

import copy
import os
import platform
import re
import shutil
import subprocess

DEBIAN_PACKAGES = {"nginx": "nginx", "haproxy": "haproxy", "caddy": "caddy", "wrk": "wrk", "h2load": "nghttp2-client"}


class Cores:
    """The proxy has a core for itself. Load generator and origin share one where there are only two."""

    def __init__(self):
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) < 2:
            raise SystemExit("bench: two cores are needed: one for the proxy, one for the load and the origin")
        self.load, self.proxy, self.origin = {cores[0]}, {cores[1]}, {cores[2] if len(cores) > 2 else cores[0]}

    def shared(self):
        """The same, but the proxy may run anywhere: for when there is no load beside it."""
        cores = copy.copy(self)
        cores.proxy = self.load | self.proxy | self.origin
        return cores

    def __str__(self):
        only = lambda cores: next(iter(cores))
        return f"proxy on core {only(self.proxy)}, load on {only(self.load)}, origin on {only(self.origin)}"


def find(program):
    """The path of a program; Debian keeps daemons in sbin, which is not on everybody's PATH."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin:/sbin")


def missing():
    return {program: package for program, package in DEBIAN_PACKAGES.items() if not find(program)}


def facts():
    cpu = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read())
    memory = int(re.search(r"MemTotal:\s*(\d+)", open("/proc/meminfo").read()).group(1)) // 1024
    system = re.search(r'PRETTY_NAME="(.*)"', open("/etc/os-release").read())
    hypervisor = " (virtual machine)" if "hypervisor" in open("/proc/cpuinfo").read() else ""
    return {
        "processor": f"{cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} cores{hypervisor}",
        "memory": f"{memory} MiB",
        "system": f"{system.group(1) if system else 'Linux'}, kernel {platform.release()}",
    }


def version(command, pattern):
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    match = re.search(pattern, text)
    return match.group(1) if match else text.strip().splitlines()[0]
