"""`python -m ceremony`: serve the key holder's page on this machine until it is ended."""

import argparse
import logging
import os
import socket
from pathlib import Path
from threading import Thread

from werkzeug.serving import make_server

from ceremony.offline import ADDRESS, stay_offline
from ceremony.site import create_ceremony


def main() -> None:
    """Print the start address and answer this machine's browser until "End" is pressed or Ctrl-C comes."""
    parser = argparse.ArgumentParser(prog="make ceremony", description="The key holder's own page.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("CEREMONY_PORT", "8765")))
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("LAMPLIGHT_KEYS", "trustee-keys")))
    asked = parser.parse_args()
    os.umask(0o077)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # who asked for what is nobody's business
    stay_offline()
    door = _listening(asked.port)
    port = door.getsockname()[1]
    app, start = create_ceremony(asked.folder.resolve(), host=f"{ADDRESS}:{port}")
    server = make_server(ADDRESS, port, app, threaded=True, fd=door.fileno())
    app.extensions["ceremony_stop"] = lambda: Thread(target=server.shutdown, daemon=True).start()
    print(f"The ceremony runs on this machine only and uses no network. Open this address once:\n\n  {start}\n")
    print(f"Files are written to {asked.folder.resolve()}. Ctrl-C ends it.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


def _listening(port: int) -> socket.socket:
    """The web server would look its own name up; so the door is opened for it."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((ADDRESS, port))
    except OSError as reason:
        raise SystemExit(f"Port {port} is taken ({reason}). Try: CEREMONY_PORT=8766 make ceremony") from reason
    door.listen(16)
    return door


if __name__ == "__main__":
    main()
