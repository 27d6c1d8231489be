"""The load beside a server: requests from a file, sent by several threads over lines that are kept open."""

import json
import socket
import sys
import threading
import time
from pathlib import Path

THREADS = 8
END = b"\r\n\r\n"


def main(port: int, file: Path, seconds: float) -> None:
    """Send for so long and print how many were thanked for, over how many seconds, and how long each took."""
    requests, lock = iter(json.loads(file.read_text())), threading.Lock()
    waits: list[float] = []
    failures: list[str] = []
    began = time.perf_counter()

    def send() -> None:
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() - began < seconds:
            with lock:
                wanted = next(requests, None)
            if wanted is None:
                break
            sent = time.perf_counter()
            line.sendall(wanted.encode())
            head, closes = _heard(line)
            waits.append(time.perf_counter() - sent)
            if b"/thanks" not in head:
                failures.append(head.decode(errors="replace")[:200])
            if closes:
                line.close()
                line = socket.create_connection(("127.0.0.1", port))
        line.close()

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"took": time.perf_counter() - began, "waits": sorted(waits), "failures": failures}))


def _heard(line: socket.socket) -> tuple[bytes, bool]:
    """The head of one answer, and whether the line is closed after it; the body is read and left."""
    heard = b""
    while END not in heard:
        more = line.recv(65536)
        if not more:
            return heard, True
        heard += more
    head, _, body = heard.partition(END)
    lower = head.lower()
    length = int(lower.partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
    while len(body) < length:
        body += line.recv(65536)
    return head, b"connection: close" in lower


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
