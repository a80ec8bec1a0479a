"""What a program asks of the kernel for other ends than its own is refused. One program asks for all of it."""

from __future__ import annotations

import functools

import pytest

from quizlib.sandbox import RunResult
from tests.attacks.boxes import Box
from tests.attacks.conftest import Aims, Attack, attacked

_ATTACKS = {
    "trace_another_process": 'call("ptrace", 16, AIM["victim"], 0, 0)',
    "trace_the_process_that_runs_it": 'call("ptrace", 16, os.getppid(), 0, 0)',
    "be_traced": 'call("ptrace", 0, 0, 0, 0)',
    "read_the_memory_of_another_process": 'call("process_vm_readv", AIM["victim"], block, 1, block, 1, 0)',
    "write_the_memory_of_another_process": 'call("process_vm_writev", AIM["victim"], block, 1, block, 1, 0)',
    "take_a_descriptor_of_another_process": 'call("pidfd_getfd", os.pidfd_open(AIM["victim"]), 0, 0)',
    "signal_another_process_by_descriptor": 'call("pidfd_send_signal", 3, 9, 0, 0)',
    "signal_a_thread_of_another_process": 'call("tkill", AIM["victim"], 9)',
    "queue_a_signal_for_another_process": 'call("rt_sigqueueinfo", AIM["victim"], 9, bytes(128))',
    "queue_a_signal_for_a_thread_of_another": 'call("rt_tgsigqueueinfo", AIM["victim"], AIM["victim"], 9, bytes(128))',
    "own_the_signals_of_a_descriptor": 'call("fcntl", 0, 8, AIM["victim"])',
    "own_the_signals_of_a_descriptor_for_a_group": 'call("fcntl", 0, 8, -AIM["victim"])',
    "own_the_signals_of_a_descriptor_by_kind": 'call("fcntl", 0, 15, struct.pack("=ii", 1, AIM["victim"]))',
    "choose_the_signal_of_a_descriptor": 'call("fcntl", 0, 10, 9)',
    "lease_a_file_of_the_machine": 'call("fcntl", os.open(os.__file__, os.O_RDONLY), 1024, 0)',
    "be_told_of_changes_in_a_folder": 'call("fcntl", os.open("/usr/lib", os.O_RDONLY), 1026, 1)',
    "enlarge_a_pipe": 'call("fcntl", 1, 1031, 1 << 20)',
    "limit_another_process": 'call("prlimit64", AIM["victim"], 7, bytes(16), 0)',
    "limit_the_process_that_runs_it": 'call("prlimit64", os.getppid(), 7, bytes(16), 0)',
    "raise_its_own_limits": 'call("prlimit64", 0, 7, struct.pack("=QQ", 4096, 4096), 0)',
    "slow_another_process": 'call("setpriority", 0, AIM["victim"], 19)',
    "slow_all_of_its_user": 'call("setpriority", 2, 0, 19)',
    "hurry_itself": 'call("setpriority", 0, 0, -1)',
    "move_another_process_to_one_core": 'call("sched_setaffinity", AIM["victim"], 8, struct.pack("=Q", 1))',
    "move_the_process_that_runs_it_to_one_core": 'call("sched_setaffinity", os.getppid(), 8, struct.pack("=Q", 1))',
    "run_before_all_others": 'call("sched_setscheduler", 0, 1, struct.pack("=i", 1))',
    "order_the_disk_of_another_process": 'call("ioprio_set", 1, AIM["victim"], 0x6000)',
    "compare_processes": 'call("kcmp", AIM["victim"], os.getpid(), 0, 0, 0)',
    "advise_on_the_memory_of_another": 'call("process_madvise", 3, block, 1, 4, 0)',
    "move_the_memory_of_another": 'call("migrate_pages", AIM["victim"], 1, bytes(8), bytes(8))',
    "mount": 'call("mount", b"none", b"/box", b"tmpfs", 0, None)',
    "unmount": 'call("umount2", b"/usr", 2)',
    "copy_a_mount": 'call("open_tree", -100, b"/usr", 1)',
    "open_a_file_system": 'call("fsopen", b"proc", 0)',
    "change_the_root_folder": 'call("chroot", b"/usr")',
    "pivot_the_root_folder": 'call("pivot_root", b".", b".")',
    "leave_its_namespaces": 'call("unshare", 0x10020000)',
    "enter_a_namespace": 'call("setns", 0, 0)',
    "clone_into_a_user_namespace": 'call("clone3", bytes(88), 88)',
    "open_a_file_by_handle": 'call("open_by_handle_at", -100, bytes(64), 0)',
    "ask_for_the_handle_of_a_file": 'call("name_to_handle_at", -100, b"/usr", bytes(64), bytes(8), 0)',
    "open_by_the_newer_call": 'call("openat2", -100, b"/usr", bytes(24), 24)',
    "watch_files": 'call("inotify_init1", 0)',
    "watch_file_systems": 'call("fanotify_init", 0, 0)',
    "attach_attributes_to_a_file": 'call("setxattr", b"/box/program.py", b"user.x", b"x", 1, 0)',
    "add_a_key": 'call("add_key", b"user", b"quiz", b"x", 1, -3)',
    "ask_for_a_key": 'call("request_key", b"user", b"quiz", None, -3)',
    "read_the_keys_of_its_session": 'call("keyctl", 11, -3, bytes(64), 64)',
    "set_up_a_ring": 'call("io_uring_setup", 8, bytes(120))',
    "load_a_program_into_the_kernel": 'call("bpf", 5, bytes(120), 120)',
    "measure_performance": 'call("perf_event_open", bytes(120), 0, -1, -1, 0)',
    "handle_faults_of_memory": 'call("userfaultfd", 0)',
    "lock_memory": 'call("mlock", block, 4096)',
    "make_a_file_of_no_folder": 'call("memfd_create", b"x", 0)',
    "make_a_secret_file_of_no_folder": 'call("memfd_secret", 0)',
    "execute_what_has_no_name": 'call("execveat", 0, b"", None, None, 0x1000)',
    "share_memory_as_system_v_does": 'call("shmget", 0, 4096, 0o1600)',
    "share_messages_as_system_v_does": 'call("msgget", 0, 0o1600)',
    "share_semaphores_as_system_v_does": 'call("semget", 0, 1, 0o1600)',
    "open_a_message_queue": 'call("mq_open", b"quiz", 0o102, 0o600, None)',
    "change_its_personality": 'call("personality", 0x0040000)',
    "lay_pages_of_a_file_anew": 'call("remap_file_pages", 0, 0, 0, 0, 0)',
    "give_pages_to_a_pipe": 'call("vmsplice", 1, block, 1, 8)',
    "load_a_module": 'call("init_module", b"", 0, b"")',
    "load_a_module_from_a_file": 'call("finit_module", 0, b"", 0)',
    "unload_a_module": 'call("delete_module", b"quiz", 0)',
    "load_another_kernel": 'call("kexec_load", 0, 0, 0, 0)',
    "restart_the_machine": 'call("reboot", 0xFEE1DEAD, 672274793, 0, 0)',
    "swap": 'call("swapon", b"/box/x", 0)',
    "name_the_machine": 'call("sethostname", b"quiz", 4)',
    "set_the_clock": 'call("clock_settime", 0, bytes(16))',
    "set_the_time_of_day": 'call("settimeofday", bytes(16), 0)',
    "account_for_processes": 'call("acct", b"/box/x")',
    "read_the_log_of_the_kernel": 'call("syslog", 3, bytes(4096), 4096)',
    "change_quotas": 'call("quotactl", 0, 0, 0, 0)',
    "write_to_ports": 'call("iopl", 3)',
    "change_its_descriptor_table": 'call("modify_ldt", 0, bytes(16), 16)',
    "hang_up_the_terminal": 'call("vhangup")',
    "filter_system_calls_itself": 'call("seccomp", 1, 0, 0)',
    "filter_system_calls_by_prctl": 'call("prctl", 22, 2, 0, 0, 0)',
    "let_others_trace_it": 'call("prctl", 0x59616D61, -1, 0, 0, 0)',
    "adopt_orphans": 'call("prctl", 36, 1, 0, 0, 0)',
    "keep_capabilities": 'call("prctl", 8, 1, 0, 0, 0)',
    "restrict_itself_by_landlock": 'call("landlock_create_ruleset", 0, 0, 1)',
    "become_root": "os.setuid(0)",
    "become_the_group_of_root": "os.setgid(0)",
    "choose_its_groups": "os.setgroups([0])",
    "type_into_a_terminal": 'fcntl.ioctl(0, 0x5412, b"x")',
    "paste_into_a_terminal": 'fcntl.ioctl(0, 0x541C, b"\\x02")',
    "take_a_terminal": "fcntl.ioctl(0, 0x540E, 0)",
    "own_the_signals_of_a_socket": 'fcntl.ioctl(1, 0x8901, struct.pack("=i", AIM["victim"]))',
    "clone_a_file": "fcntl.ioctl(1, 0x40049409, 0)",
}
_HEADER = """
import fcntl, struct, tempfile
block = bytes(4096)
"""


@functools.cache
def _answers(box: Box, aims: Aims) -> RunResult:
    attempts = "".join(f'attempt("{name}", lambda: {attack})\n' for name, attack in _ATTACKS.items())
    return attacked(box, aims, _HEADER + attempts)


@pytest.mark.parametrize("attack", _ATTACKS)
def test_a_program_cannot(attack: str, box: Box, aims: Aims) -> None:
    result = _answers(box, aims)
    said = dict(line.split(" ", 1) for line in result.stdout.splitlines())
    answer = said.get(attack, f"nothing: {result}")
    assert answer.startswith("contained ")
    # By the filter or for want of the right, and not because the attack was badly aimed.
    assert answer.split()[1] in ("EPERM", "ENOSYS", "EACCES"), answer


def test_a_program_cannot_make_a_call_of_another_convention(box: Box, attack: Attack) -> None:
    x32 = attack('numbered(0x40000000 + 39)\nprint("BREACHED")')
    assert (x32.stdout, x32.exit_code) == ("", None)
