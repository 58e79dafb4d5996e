"""Settings, addresses and the two entrances."""
