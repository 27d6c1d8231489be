"""No network: from here on this process connects to nothing and looks up no name, whatever a library may want."""

import sys

REACHING_OUT = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
ADDRESS = "127.0.0.1"


class NetworkUsed(RuntimeError):
    """Something tried to reach out; the ceremony does not."""


def stay_offline() -> None:
    """Refuse every outgoing connection of this process until it ends. Answering the browser is not one."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event in REACHING_OUT or (event in LOOKING_UP and args[0] != ADDRESS):
        raise NetworkUsed(f"the ceremony uses no network, but something asked for {event}")
