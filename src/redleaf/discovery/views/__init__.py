"""The pages of discovery: Explore and Following, search, and the order of channels."""
