"""Facts and rules in, an exact and explained score out. Pure: no framework, no clock, no float."""
