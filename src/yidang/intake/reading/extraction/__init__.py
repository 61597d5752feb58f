"""From lines with places to described fields."""
