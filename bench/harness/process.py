"""Processes under measurement: started pinned to a core, metered with all their children, ended by id."""

import ctypes
import os
import resource
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PR_SET_PDEATHSIG = 1
COMPILER_AND_COLLECTOR = ("C1 CompilerThre", "C2 CompilerThre", "GC Thread", "G1 ", "VM Thread", "Sweeper thread")

_libc = ctypes.CDLL(None)
_running = []


@dataclass
class Cpu:
    """CPU time so far: ns of all threads, ended ones too; of it user and system as the kernel splits it; ns of JIT and GC threads."""
    total: int
    user: float
    system: float
    housekeeping: int

    def __sub__(self, other):
        return Cpu(self.total - other.total, self.user - other.user, self.system - other.system,
                   self.housekeeping - other.housekeeping)


class Process:
    def __init__(self, name, command, cores, log, env=None, cwd=None):
        self.name = name
        self.log = Path(log)

        def before_exec():
            os.setsid()
            pin(cores)

        with open(log, "ab") as out:
            self.started = time.monotonic()
            self.popen = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=cwd,
                                          env={**os.environ, **(env or {})}, preexec_fn=before_exec)
        _running.append(self)

    @property
    def pid(self):
        return self.popen.pid

    def alive(self):
        return self.popen.poll() is None

    def pids(self):
        """This process and its children and theirs."""
        found = [self.pid]
        for pid in found:
            for task in _tasks(pid):
                found += [int(child) for child in _read(f"{task}/children").split()]
        return found

    def cpu(self):
        total, user, system, housekeeping = 0, 0, 0, 0
        for pid in self.pids():
            try:
                total += time.clock_gettime_ns((~pid << 3) | 2)  # the CPU clock of another process, as clock_getcpuclockid(3) makes it
            except OSError:
                continue
            fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
            if fields:
                user += int(fields[11]) / TICKS
                system += int(fields[12]) / TICKS
            for task in _tasks(pid):
                if _read(f"{task}/comm").startswith(COMPILER_AND_COLLECTOR):
                    housekeeping += int((_read(f"{task}/schedstat").split() or ["0"])[0])
        return Cpu(total, user, system, housekeeping)

    def memory(self):
        """Resident bytes now, of all processes."""
        return sum(int((_read(f"/proc/{pid}/statm").split() or [0, 0])[1]) * PAGE for pid in self.pids())

    def peak_memory(self):
        peak = 0
        for pid in self.pids():
            for line in _read(f"/proc/{pid}/status").splitlines():
                if line.startswith("VmHWM:"):
                    peak += int(line.split()[1]) * 1024
        return peak

    def tail(self, lines=15):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self):
        if self.alive():
            self.popen.terminate()
            try:
                self.popen.wait(30)
            except subprocess.TimeoutExpired:
                for pid in reversed(self.pids()):
                    os.kill(pid, signal.SIGKILL)
                self.popen.wait()
        if self in _running:
            _running.remove(self)


def run(command, cores, env=None, timeout=None):
    """Runs a load generator pinned to cores and returns what it printed."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env={**os.environ, **(env or {})}, preexec_fn=lambda: pin(cores))
    try:
        out, _ = process.communicate(timeout=timeout)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}:\n{out[-2000:]}")
    return out


def pin(cores):
    """In a child before its program: to its cores, and to end when the benchmark does, however that ends."""
    os.sched_setaffinity(0, cores)
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def open_files():
    """How many open files each process may have; 10,000 connections through a proxy take more than 20,000. Asks for them where it may."""
    for wanted in (65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1]):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
            return wanted
        except (OSError, ValueError):
            continue
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def stop_all():
    for process in list(reversed(_running)):
        process.stop()


def _tasks(pid):
    try:
        return [f"/proc/{pid}/task/{task}" for task in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []


def _read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""
