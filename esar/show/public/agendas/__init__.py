"""The agendas for everyone: where each stands against its targets, and who drives it."""
