"""The ledger out in the open: witnesses cosign its checkpoints, anchors keep them where we cannot reach.

Never in the way of work: nothing waits for an answer from outside, and what was missed is caught up.
`work.anchor_due` does a round, `states.states` says how far it is, `audit.verify_outside` compares.
"""
