"""The log's Merkle tree, signed checkpoints of it, and witnesses that sign what they have seen.

The forms are those of C2SP (signed-note, tlog-checkpoint, tlog-cosignature, tlog-witness) and of
RFC 6962, so that programs of others can check them. Hashes are `hashlib`'s, signatures (Ed25519)
those of `cryptography`.
"""
