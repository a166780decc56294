"""The demonstration conference. Everybody in it is invented."""
