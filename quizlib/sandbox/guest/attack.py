"""Attacks on the sandbox that runs this, tried once before it is trusted.

Arguments: which attacks, and a JSON object of what to aim at. Prints a line for each: its name as it begins, and
behind it how it ended. What is `contained` here is looked at from outside as well.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Aim = dict[str, Any]

_PTRACE_ATTACH = 16
_NEW_USER_AND_MOUNTS = 0x10020000


def read_secret(aim: Aim) -> None:
    open(aim["secret"]).read()


def list_home(aim: Aim) -> None:
    found = set(os.listdir(aim["home"])) - set(aim["way_to_interpreter"])
    if not found:
        raise OSError("nothing is there but the way to the interpreter")


def read_environment_of_others(aim: Aim) -> None:
    open(f"/proc/{aim['pid']}/environ", "rb").read()


def connect_to_port(aim: Aim) -> None:
    socket.create_connection(("127.0.0.1", aim["port"]), 1)


def connect_to_abstract_socket(aim: Aim) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        client.connect("\0" + aim["abstract"])


def signal_others(aim: Aim) -> None:
    os.kill(aim["pid"], 0)


def trace_others(aim: Aim) -> None:
    _succeeds(_libc().ptrace(_PTRACE_ATTACH, aim["pid"], None, None))


def mount(aim: Aim) -> None:
    _succeeds(_libc().mount(b"none", b"/", b"tmpfs", 0, None))


def leave_namespaces(aim: Aim) -> None:
    _succeeds(_libc().unshare(_NEW_USER_AND_MOUNTS))


def become_root(aim: Aim) -> None:
    os.setuid(0)


def write_marker(aim: Aim) -> None:
    with open(aim["marker"], "w") as file:
        file.write("was here")


def start_process(aim: Aim) -> None:
    if os.fork() == 0:
        os._exit(0)


def take_memory(aim: Aim) -> None:
    bytearray(1_000_000_000)


def take_time(aim: Aim) -> None:
    while True:
        pass


def leave_child(aim: Aim) -> None:
    if os.fork() == 0:
        time.sleep(600)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _succeeds(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def main(names: list[str], aim: Aim) -> None:
    for name in names:
        print(name, end=" ", flush=True)
        try:
            globals()[name](aim)
        except (OSError, MemoryError) as error:
            print("contained:", error or type(error).__name__, flush=True)
        else:
            print("BREACHED", flush=True)


main(sys.argv[1].split(","), json.loads(sys.argv[2]))
