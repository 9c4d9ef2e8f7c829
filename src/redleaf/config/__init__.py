"""How the rooms are put together: settings, addresses, servers. Nobody imports from here."""
