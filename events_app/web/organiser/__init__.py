"""The organisers' workspace, a module for each family of pages."""
