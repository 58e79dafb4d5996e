"""What everything stands on: refusals, access, the chain of events, sentences. Pure."""
