"""What a program could read of its surroundings, and does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizlib.sandbox import Status
from tests.attacks.boxes import Box
from tests.attacks.conftest import Aims, Attack

_ROOT = Path(__file__).resolve().parents[2]


def test_a_program_cannot_read_the_bank(contained: Attack) -> None:
    contained('attempt("bank", lambda: open(AIM["secret"]).read())')


def test_a_program_cannot_read_the_bank_by_a_way_around(contained: Attack) -> None:
    contained("""
        folder, name = os.path.split(AIM["secret"])
        for way in (f"/usr/../{AIM['secret']}", f"/../..{AIM['secret']}", f"/dev/../{AIM['secret']}",
                    f"../../../../../..{AIM['secret']}", f"/usr/lib/../../{AIM['secret']}"):
            attempt(way.replace(" ", ""), lambda: open(way).read())
    """)


def test_a_program_cannot_read_the_bank_by_a_link(contained: Attack) -> None:
    contained("""
        def by_link(make):
            make(AIM["secret"], "link")
            open("link").read()
        attempt("symlink", lambda: by_link(os.symlink))
        attempt("hardlink", lambda: by_link(os.link))
    """)


def test_a_program_cannot_list_the_folder_of_the_bank(contained: Attack) -> None:
    contained("""
        attempt("folder", lambda: os.listdir(AIM["folder"]))
        attempt("writable", lambda: os.listdir(AIM["writable"]))
    """)


def test_a_program_cannot_write_outside_its_folder(contained: Attack) -> None:
    contained('attempt("marker", lambda: open(AIM["marker"], "w").write("was here"))')


def test_a_program_cannot_change_the_bank(contained: Attack) -> None:
    contained('attempt("append", lambda: open(AIM["secret"], "a").write("x"))')


@pytest.mark.parametrize("change", ["truncate(FILE, 0)", "unlink(FILE)", "rename(FILE, FILE + 'x')", "link(FILE, 'x')"])
def test_a_program_cannot_change_its_runtime(contained: Attack, change: str) -> None:
    contained(f'FILE = os.path.realpath(os.__file__)\nattempt("change", lambda: os.{change})')


def test_a_program_cannot_change_the_attributes_of_its_runtime(contained: Attack) -> None:
    contained("""
        FILE = os.path.realpath(os.__file__)
        attempt("chmod", lambda: os.chmod(FILE, 0o777))
        attempt("utime", lambda: os.utime(FILE))
        attempt("chown", lambda: os.chown(FILE, 1, 1))
    """)


def test_a_program_cannot_change_what_it_owns_outside(box: Box, aims: Aims, contained: Attack) -> None:
    """A file of the very user, where that user runs the sandbox: no permission keeps it, only the sandbox."""
    owned = aims.folder / "owned"
    owned.write_text("mine", encoding="utf-8")
    owned.chmod(0o666)
    if os.geteuid() == 0:
        os.chown(owned, box.user, box.user)
    before = owned.stat()
    contained(f"""
        FILE = {str(owned)!r}
        attempt("chmod", lambda: os.chmod(FILE, 0o777))
        attempt("utime", lambda: os.utime(FILE, (1, 1)))
        attempt("chown", lambda: os.chown(FILE, os.getuid(), os.getgid()))
        attempt("open", lambda: open(FILE).read())
        attempt("truncate", lambda: os.truncate(FILE, 0))
    """)
    after = owned.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_mode,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )
    owned.unlink()


def test_a_program_cannot_list_home(contained: Attack) -> None:
    contained("""
        way = {part for prefix in (sys.prefix, sys.base_prefix) for part in prefix.split("/")}
        def look():
            if not set(os.listdir(AIM["home"])) - way:
                raise FileNotFoundError(2, "nothing but the way to the interpreter")
        attempt("home", look)
    """)


def test_a_program_cannot_read_what_home_holds(contained: Attack) -> None:
    contained("""
        for place in ".ssh .netrc .aws/credentials .config .bash_history .gitconfig .npmrc".split():
            path = os.path.join(AIM["home"], place)
            attempt(place, lambda: os.listdir(path))
            attempt(place, lambda: open(path).read())
    """)


def test_a_program_cannot_read_the_repository(contained: Attack) -> None:
    contained(f"""
        for name in ("", ".git", "banks", "tests"):
            attempt("repository", lambda: os.listdir(os.path.join({str(_ROOT)!r}, name)))
    """)


def test_a_program_cannot_read_of_another_process(contained: Attack) -> None:
    contained("""
        for name in "environ cmdline mem maps auxv stat task".split():
            for pid in (AIM["victim"], AIM["host"], os.getppid(), 1):
                attempt(name, lambda: os.open(f"/proc/{pid}/{name}", os.O_RDONLY))
    """)


def test_a_program_cannot_follow_a_magic_link_of_another_process(contained: Attack) -> None:
    contained("""
        for name in "root cwd exe fd/0 fd/1 fd/3 ns/net map_files".split():
            for pid in (AIM["victim"], AIM["host"]):
                attempt(name, lambda: os.open(f"/proc/{pid}/{name}", os.O_RDONLY))
                attempt("through", lambda: os.stat(f"/proc/{pid}/root{AIM['secret']}"))
    """)


def test_a_program_cannot_list_processes(contained: Attack) -> None:
    contained('attempt("proc", lambda: os.listdir("/proc"))')


def test_a_program_cannot_look_around(contained: Attack) -> None:
    contained("""
        for place in "/sys /sys/fs/cgroup /proc/sys/kernel /run /var /etc/shadow /etc/ssh /root /home /boot /opt /srv /mnt /var/run/docker.sock".split():
            way = {part for prefix in (sys.prefix, sys.base_prefix) for part in prefix.split("/")}
            def look():
                found = os.listdir(place) if os.path.isdir(place) else open(place).read()
                if not set(found) - way:
                    raise FileNotFoundError(2, "nothing but the way to the interpreter")
            attempt(place, look)
    """)


def test_a_program_cannot_open_a_device(contained: Attack) -> None:
    contained("""
        for device in "mem kmsg tty fuse net/tun kvm vda sda loop0 ptmx console".split():
            attempt(device, lambda: os.open(f"/dev/{device}", os.O_RDONLY))
    """)


def test_a_program_cannot_make_a_device(contained: Attack) -> None:
    contained('attempt("device", lambda: os.mknod("device", 0o020666, os.makedev(1, 1)))')


def test_the_environment_is_the_one_that_was_given(attack: Attack) -> None:
    names = attack("print(*sorted(os.environ))").stdout.split()
    assert set(names) <= {"HOME", "TMPDIR", "PYTHONHASHSEED", "TZ", "LC_ALL", "LC_CTYPE"}


def test_a_program_finds_no_secret_in_its_memory(attack: Attack) -> None:
    """It searches all that it can read: what the process was copied from is in there."""
    source = """
        import re, struct
        # Without /proc the maps are found by asking of each page whether it is there.
        found, page = set(), 4096
        libc.mincore.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p]
        seen = bytes(1)
        pattern = re.compile(b"cana" + b"ry[0-9a-f]{32}")
        anchors = [id(object()), ctypes.addressof(ctypes.c_char_p.in_dll(libc, "environ")), id(sys), id(seen)]
        stack = (ctypes.c_char * 8)()
        anchors += [ctypes.addressof(stack), ctypes.cast(ctypes.c_void_p.in_dll(libc, "environ").value, ctypes.c_void_p).value]
        pages = 0
        for anchor in anchors:
            for step in (1, -1):
                at = anchor // page * page
                while libc.mincore(at, page, seen) == 0 and pages < 60_000:
                    found |= set(pattern.findall(ctypes.string_at(at, page)))
                    at += step * page
                    pages += 1
        print(pages > 100, *[text.decode() for text in found])
    """
    result = attack(source)
    assert (result.status, result.stdout) == (Status.OK, "True\n"), result


def test_a_program_finds_no_secret_among_the_objects_of_the_interpreter(attack: Attack) -> None:
    source = """
        import gc
        gc.unfreeze()
        seen, waiting = set(), [*gc.get_objects(), *sys.modules.values()]
        text = "cana" + "ry"
        while waiting:
            thing = waiting.pop()
            if id(thing) in seen or thing is waiting or thing is seen:
                continue
            seen.add(id(thing))
            if isinstance(thing, str) and thing.startswith(text) and len(thing) == 38:
                print(thing)
            waiting += [other for other in gc.get_referents(thing) if id(other) not in seen]
        print(len(seen) > 1000)
    """
    assert attack(source).stdout == "True\n"


def test_a_program_keeps_no_group_of_the_user_who_runs_it(box: Box, attack: Attack) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can leave its groups")
    assert attack("print(os.getgroups())").stdout == "[]\n"


def test_a_program_has_no_privilege(attack: Attack) -> None:
    source = """
        capabilities = ctypes.create_string_buffer(24)
        CAPGET = {"x86_64": 125, "aarch64": 90}[os.uname().machine]
        import struct
        numbered(CAPGET, struct.pack("=II", 0x20080522, 0), capabilities)
        print(os.getuid() != 0, os.geteuid() != 0, os.getgid() != 0, capabilities.raw == bytes(24), libc.prctl(39, 0, 0, 0, 0))
    """
    assert attack(source).stdout == "True True True True 1\n"
