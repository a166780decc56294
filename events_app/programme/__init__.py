"""What a programme is: unchanging values and the rules over them. No clock, no database, no web."""
