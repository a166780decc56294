"""How it is reached: one module for each audience or family of pages; every address stands in `routes`."""
