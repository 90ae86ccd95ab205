"""Load that wrk and h2load do not make: new TLS connections, resumed or not, and connections that idle. A program of its own, so
that it can be pinned away from the proxy.

    clients.py handshakes PORT SECONDS full|resumed PROCESSES     prints: RESULT connections resumed errors
    clients.py idle PORT plain|tls COUNT                          prints READY errors, then holds them until standard input ends
    clients.py count PORT SECONDS                                 prints: RESULT requests that the origin has seen meanwhile
"""

import os
import re
import socket
import sys
import time

REQUEST = b"GET /small HTTP/1.1\r\nHost: bench.test\r\nUser-Agent: bench\r\n%s\r\n"


def tls_context():
    import ssl  # here, because it takes longer to load than all the rest
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port), 10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def answer(connection):
    received = b""
    while b"\r\n\r\nHello" not in received:
        part = connection.recv(4096)
        if not part:
            raise OSError("closed before the answer")
        received += part
    if not received.startswith(b"HTTP/1.1 200"):
        raise OSError(received[:40])


def handshakes(port, seconds, resume):
    """One connection after the other until the time is over; in each one request. A session is used once, as browsers do."""
    context, session = tls_context(), None
    done = resumed = errors = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with context.wrap_socket(connect(port), server_hostname="bench.test", session=session if resume else None) as connection:
                connection.sendall(REQUEST % b"Connection: close\r\n")
                answer(connection)
                done += 1
                resumed += connection.session_reused
                session = connection.session
        except OSError:
            errors += 1
            session = None
            time.sleep(0.01)
    return done, resumed, errors


def handshakes_of_many(port, seconds, resume, processes):
    pipes = []
    for _ in range(processes):
        read, write = os.pipe()
        if os.fork() == 0:
            os.write(write, " ".join(map(str, handshakes(port, seconds, resume))).encode())
            os._exit(0)
        os.close(write)
        pipes.append(read)
    results = [list(map(int, os.read(pipe, 100).split())) for pipe in pipes]
    for _ in pipes:
        os.wait()
    print("RESULT", *map(sum, zip(*results)))


def idle(port, tls, count):
    context = tls_context() if tls else None
    connections, errors = [], 0
    for _ in range(count):
        try:
            connection = connect(port)
            if tls:
                connection = context.wrap_socket(connection, server_hostname="bench.test")
            connection.sendall(REQUEST % b"")
            answer(connection)
            connections.append(connection)
        except OSError:
            errors += 1
    print("READY", errors, flush=True)
    sys.stdin.read()


def count(port, seconds):
    before = requests_seen(port)
    time.sleep(seconds)
    print("RESULT", requests_seen(port) - before - 1, flush=True)


def requests_seen(port):
    with connect(port) as connection:
        connection.sendall(b"GET /count HTTP/1.0\r\nHost: bench.test\r\n\r\n")
        text = b""
        while part := connection.recv(4096):
            text += part
    return int(re.search(rb"requests\s+\d+ \d+ (\d+)", text).group(1))


if __name__ == "__main__":
    if sys.argv[1] == "handshakes":
        handshakes_of_many(int(sys.argv[2]), float(sys.argv[3]), sys.argv[4] == "resumed", int(sys.argv[5]))
    elif sys.argv[1] == "count":
        count(int(sys.argv[2]), float(sys.argv[3]))
    else:
        idle(int(sys.argv[2]), sys.argv[3] == "tls", int(sys.argv[4]))
