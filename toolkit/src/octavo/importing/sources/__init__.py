"""Sources on the network: each module turns identifiers into records and problems."""
