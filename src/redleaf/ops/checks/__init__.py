"""Everything that `redleaf test` looks at besides the tests themselves."""
