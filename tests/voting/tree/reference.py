"""The tree of RFC 9162 written down a second time, from its recursive definitions (2.1.1, 2.1.3, 2.1.4)."""

from hashlib import sha256


def _k(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    """MTH(D_n)."""
    if not d:
        return sha256().digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = _k(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path_to(d, m):
    """PATH(m, D_n)."""
    if len(d) == 1:
        return []
    k = _k(len(d))
    return [*path_to(d[:k], m), mth(d[k:])] if m < k else [*path_to(d[k:], m - k), mth(d[:k])]


def consistency(d, m):
    """PROOF(m, D_n)."""
    return _subproof(m, d, True) if m else []


def _subproof(m, d, b):
    if m == len(d):
        return [] if b else [mth(d)]
    k = _k(len(d))
    if m <= k:
        return [*_subproof(m, d[:k], b), mth(d[k:])]
    return [*_subproof(m - k, d[k:], False), mth(d[:k])]
