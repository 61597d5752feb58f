"""Groups of cases by diagnosis: a grouper made of tables, and what the groups say about cost.

The official tables are not shipped: whoever has them imports them. The scheme that ships is invented.
"""
