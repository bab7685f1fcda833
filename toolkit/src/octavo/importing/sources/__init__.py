"""Sources on the network: identifiers in, records and problems out; one small adapter each."""
