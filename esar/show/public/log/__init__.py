"""The log in public: what was signed of it, who witnessed it, and proofs of its events."""
