"""The hash tree of RFC 9162 (section 2.1): roots, proofs that an entry is in it, proofs that it only ever grew.

Entries are bytes of any length; an entry is hashed behind a 0x00 byte and a node behind 0x01, so neither passes for
the other. Everything here is a pure function; the checks answer False to bad input and raise nothing. A root does not
name its size: some sizes give paths of one shape, so a size is only to be believed from a signed head (`heads.py`).
"""

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
LARGEST_SIZE = 2**62
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00, entry): 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01, left, right): 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(entries: Iterable[bytes]) -> bytes:
    """The tree's root, 32 bytes, in one pass that keeps log(n) hashes. Source: RFC 9162, 2.1.1 and 2.1.2."""
    stack: list[bytes] = []
    for size, entry in enumerate(entries, start=1):
        stack.append(leaf_hash(entry))
        while size % 2 == 0:  # two complete subtrees of the same height are one
            stack[-2:] = [node_hash(stack[-2], stack[-1])]
            size //= 2
    if not stack:
        return EMPTY_ROOT
    top = stack.pop()
    while stack:
        top = node_hash(stack.pop(), top)
    return top


def inclusion_path(entries: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from the entry at `index` (from 0) up to the root. Raises ValueError outside the list.

    Source: RFC 9162, 2.1.3.1.
    """
    if not 0 <= index < len(entries):
        raise ValueError("no entry there")
    low, high, path = 0, len(entries), []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root(entries[middle:high]))
            high = middle
        else:
            path.append(root(entries[low:middle]))
            low = middle
    return path[::-1]


def consistency_path(entries: Sequence[bytes], old_size: int) -> list[bytes]:
    """The hashes that prove the first `old_size` entries to be the start of all. Raises ValueError outside 0…n.

    Empty for 0 and for n: nothing has to be proved there. Source: RFC 9162, 2.1.4.1.
    """
    if not 0 <= old_size <= len(entries):
        raise ValueError("no such size")
    if old_size == 0:
        return []
    low, high, path, is_known = 0, len(entries), [], True
    while high != old_size:
        middle = low + _split(high - low)
        if old_size <= middle:
            path.append(root(entries[middle:high]))
            high = middle
        else:
            path.append(root(entries[low:middle]))
            low, is_known = middle, False
    if not is_known:  # otherwise it is the old root itself, which the reader has
        path.append(root(entries[low:high]))
    return path[::-1]


def is_included(entry: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` shows `entry` at `index` (from 0) in the tree of `size` with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size <= LARGEST_SIZE or not _are_hashes(path, root):
        return False
    at, last, top = index, size - 1, leaf_hash(entry)
    for step in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            top = node_hash(step, top)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            top = node_hash(top, step)
        at, last = at >> 1, last >> 1
    return last == 0 and top == root


def is_consistent(*, old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` shows the tree of `size` to begin with the one of `old_size` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= size <= LARGEST_SIZE or not _are_hashes(path, old_root, root):
        return False
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT
    if old_size == size:
        return not path and old_root == root
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    at, last = old_size - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    if not steps:
        return False
    old_top = top = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old_top, top = node_hash(step, old_top), node_hash(step, top)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            top = node_hash(top, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old_top == old_root and top == root


def _split(size: int) -> int:
    """The largest power of two below `size`, which is above 1."""
    return 1 << ((size - 1).bit_length() - 1)


def _are_hashes(path: Sequence[bytes], *others: bytes) -> bool:
    return all(len(each) == HASH_BYTES for each in (*path, *others))
