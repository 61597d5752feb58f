"""OCFL 1.1 objects as packages; what they must be is judged by `preservation.ocfl_validator`."""
