"""移交: records to the state archive when their years are over, and between bureaux."""
