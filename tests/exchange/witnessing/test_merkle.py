"""The tree and its proofs as RFC 6962 has them; no proof with one bit turned is taken."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esar.exchange.witnessing.merkle import EMPTY, Tree, continues, includes

pytestmark = pytest.mark.any_database

# The vectors of the reference implementation of RFC 6962 (Certificate Transparency).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
REFERENCE = Tree(LEAVES)
LARGE = Tree(str(number).encode() for number in range(70))  # proofs of any size up to 70


def test_the_roots_are_those_of_the_reference() -> None:
    assert [REFERENCE.root(size).hex() for size in range(9)] == ROOTS


@pytest.mark.parametrize("where", INCLUSION)
def test_a_leafs_proof_is_that_of_the_reference(where: tuple[int, int]) -> None:
    assert [digest.hex() for digest in REFERENCE.inclusion(*where)] == INCLUSION[where]


@pytest.mark.parametrize("sizes", CONSISTENCY)
def test_a_proof_that_a_tree_goes_on_is_that_of_the_reference(sizes: tuple[int, int]) -> None:
    assert [digest.hex() for digest in REFERENCE.consistency(*sizes)] == CONSISTENCY[sizes]


def test_every_proof_of_every_size_up_to_70_verifies() -> None:
    roots = [LARGE.root(size) for size in range(71)]
    for size in range(1, 71):
        for part in range(size):
            leaf = str(part).encode()
            assert includes(leaf, part, size, LARGE.inclusion(part, size), roots[size])
        for old in range(size + 1):
            proof = LARGE.consistency(old, size)
            assert continues(old, roots[old], size, roots[size], proof)


def turned(data: bytes, bit: int) -> bytes:
    number = int.from_bytes(data) ^ (1 << bit % (8 * len(data)))
    return number.to_bytes(len(data))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 70), st.data())
def test_one_bit_turned_anywhere_is_found(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size - 1))
    bit = data.draw(st.integers(0, 255))
    leaf, root, old_root = str(index).encode(), LARGE.root(size), LARGE.root(old)
    inclusion, consistency = LARGE.inclusion(index, size), LARGE.consistency(old, size)

    assert not includes(turned(leaf, bit), index, size, inclusion, root)
    assert not includes(leaf, index, size, inclusion, turned(root, bit))
    assert not continues(old, turned(old_root, bit), size, root, consistency)
    assert not continues(old, old_root, size, turned(root, bit), consistency)
    for place in range(len(inclusion)):
        false = [*inclusion[:place], turned(inclusion[place], bit), *inclusion[place + 1 :]]
        assert not includes(leaf, index, size, false, root)
    for place in range(len(consistency)):
        false = [*consistency[:place], turned(consistency[place], bit), *consistency[place + 1 :]]
        assert not continues(old, old_root, size, root, false)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 70), st.data())
def test_a_proof_too_short_too_long_or_of_another_place_is_found(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    elsewhere = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
    old = data.draw(st.integers(1, size - 1))
    leaf, root, old_root = str(index).encode(), LARGE.root(size), LARGE.root(old)
    inclusion, consistency = LARGE.inclusion(index, size), LARGE.consistency(old, size)

    assert not includes(leaf, elsewhere, size, inclusion, root)
    assert not includes(leaf, index, size, inclusion[:-1], root)
    assert not includes(leaf, index, size, [*inclusion, root], root)
    assert not continues(old, old_root, size, root, consistency[:-1])
    assert not continues(old, old_root, size, root, [*consistency, root])
    assert not continues(size, old_root, size, root, [])


def test_what_cannot_be_is_no_proof() -> None:
    root = LARGE.root(3)
    assert not includes(b"3", 3, 3, [], root)
    assert not includes(b"0", -1, 3, [], root)
    assert not continues(4, root, 3, root, [])
    assert not continues(0, root, 3, root, [])  # nothing has one root alone
    assert continues(0, EMPTY, 3, root, [])
    for ask in (lambda: LARGE.root(71), lambda: LARGE.inclusion(3, 3)):
        with pytest.raises(ValueError, match=r"\("):
            ask()


def test_a_leaf_is_never_taken_for_a_node() -> None:
    """Else two leaves together could be shown as one (the prefixes 00 and 01 of the RFC)."""
    two = Tree([b"a", b"b"])
    joined = b"".join(hashlib.sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))

    assert Tree([joined]).root() != two.root()
