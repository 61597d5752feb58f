"""E-ARK CSIP 2.2: METS of the package and of each representation, PREMIS, descriptive metadata."""
