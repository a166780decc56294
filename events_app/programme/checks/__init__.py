"""What can be wrong with a programme, one module for each of the nouns that it is wrong with."""
