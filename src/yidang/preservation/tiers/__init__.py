"""Where bytes lie by importance and use: rules, prices, what stands in the cold store, what that saves."""
